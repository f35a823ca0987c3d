/** What the step knows of a state before it asks anything: the job's variables, the configuration, the lockfile. */
export interface KnownPart {
  version: (typeof versions)[number];
  prefix: 'instance' | 'group' | 'project';
  /** `@acme` is the root namespace of the package's project, `@ui` is none. */
  scope: '@acme' | '@ui';
  lockfile: boolean;
  config:
    | 'right'
    | 'line-missing'
    | 'key-missing'
    | 'key-mismatch'
    | 'variable-unset'
    /** pnpm with a key for the metadata alone. */
    | 'tarball-key-missing'
    | 'literal-token';
  /** The key refers to the job's own token, or to a variable with a token of another kind. */
  credential: 'job' | 'stored';
  /** The consumer lies below `acme`, as the package's project does mostly, or below a root group of its own. */
  consumer: 'inside' | 'outside';
}

/** What only GitLab knows. */
export interface HiddenPart {
  visibility: 'private' | 'internal' | 'public';
  registry: 'disabled' | 'private' | 'enabled' | 'public';
  role: 'none' | 'guest' | 'reporter';
  external: boolean;
  /** `none-shown`: none, on a GitLab that lets a stranger's job read a project whose registry is closed. */
  allowlist:
    | 'none'
    | 'none-shown'
    | 'wrong-direction'
    | 'project'
    | 'group'
    | 'without-permission'
    | 'off'
    | 'enforced';
  outbound: 'off' | 'limited';
  variant: 'V1' | 'V2';
  policies: boolean;
  guestsMayPull: boolean;
  forwarding: boolean;
  /** `both`: in projects 324 and 325. `elsewhere`: in project 326 below another root group. `no-project`: project 324 is not there;
   * the package is not either, or at `other-root` in project 325. */
  package: 'present' | 'other-project' | 'both' | 'elsewhere' | 'absent' | 'other-version' | 'no-project';
  /**
   * What lies at the path that the package's name suggests: its project; nothing; or another private project, whose list names the
   * consumer, which has the user as a member, both or neither. `in-scope-root`: the project lies below a root group `ui`,
   * `other-root`: below `tools`. `in-known-root`, `beside-known-root`, `other-root-beside`: the same and `suggested`, and the user is a guest in
   * another project below `ui`; `in-hidden-root`: below a private `ui` of which the user knows nothing. `twin-…`: another project at the suggested path holds the same version; the user may read it (`off`: and its repository is switched off), is a
   * guest, may read it but for the list, knows nothing of it, or may but for its registry. `newer-…`: project 325 has
   * rights of its own: the user is a member and its list names the consumer (`reader`); its registry is for members, and its list empty (`members`) or
   * names the consumer (`listed`); it is hidden; its entry lacks the permission; it is open to members alone that its list does not name. `twin-policies`: fine-grained policies
   * apply in the twin's root group alone (`twin-hidden-policies`: whose twin is hidden). `version-elsewhere`: the wanted version lies in project 325, of which the user knows
   * nothing, `version-beside`: the user is a member. `scope-…`: project 325 lies below the root group `ui`, and is hidden, with that
   * group or without, or has the user as a guest or as a reader.
   * `in-open-group`: the project is private, its group public. `namesake-hidden`: the project lies below `tools`, and another one of its name below
   * `acme`, which the user does not see, holds the package too; `other-hidden`: one of another name, `scope-namesake`: one below `ui`. `guest-beside`: as `other-root`, and the job's own user is a guest
   * where the stored token's has a role; `scope-guest-beside`: the same below `ui`; `own-guest-beside`: at the suggested path. `namesake`: the same as `twin-open` where both projects bear one name;
   * the space leaves it out (docs/evidence.md).
   */
  place:
    | 'suggested'
    | 'in-scope-root'
    | 'other-root'
    | 'in-known-root'
    | 'in-hidden-root'
    | 'beside-known-root'
    | 'other-root-beside'
    | 'twin-open'
    | 'twin-off'
    | 'twin-guest'
    | 'twin-unlisted'
    | 'twin-closed'
    | 'twin-disabled'
    | 'newer-reader'
    | 'newer-members'
    | 'newer-listed'
    | 'newer-hidden'
    | 'newer-unpermitted'
    | 'newer-unlisted'
    | 'twin-policies'
    | 'twin-hidden-policies'
    | 'version-elsewhere'
    | 'version-beside'
    | 'scope-hidden'
    | 'scope-known'
    | 'scope-guest'
    | 'scope-reader'
    | 'in-open-group'
    | 'guest-beside'
    | 'scope-guest-beside'
    | 'own-guest-beside'
    | 'namesake-hidden'
    | 'other-hidden'
    | 'scope-namesake'
    | 'namesake'
    | 'deeper'
    | 'beside-listed'
    | 'beside-member'
    | 'beside-open'
    | 'beside-closed';
  /** The repository of project 324 is switched off, or was never made. */
  repository?: 'off' | 'none';
  /** `deploy-elsewhere`: a deploy token of the consumer, `deploy-beside`: of a project below `acme` that has nothing to do with the package. */
  token:
    | 'running'
    | 'finished'
    | 'personal'
    | 'narrow'
    | 'deploy'
    | 'narrow-deploy'
    | 'deploy-elsewhere'
    | 'deploy-beside'
    | 'revoked';
}

export type ProofState = KnownPart & HiddenPart;

/** One version on each side of every change in GitLab's rules (src/providers/gitlab/access-rules.ts, access-predicates.ts). */
export const versions = ['16.5', '17.3', '17.5', '17.6', '17.9', '17.10', '18.0', '18.3', '19.0'] as const;

/** Major and minor number of a version. */
export function numbers(version: KnownPart['version']): readonly [number, number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

/** A seeded source of numbers from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Whether a token is a deploy token of another project than the package's. */
export function isDeployOfAnother({ token }: Pick<HiddenPart, 'token'>): boolean {
  return token === 'deploy-elsewhere' || token === 'deploy-beside';
}

import type { RegistryAccess, Role, Visibility } from '../domain/access-state.ts';

/** A whole GitLab as plain data. Projects, groups and users are referred to by full path or login. */
export interface GitLabModel {
  readonly settings: GitLabSettings;
  readonly groups: readonly GroupModel[];
  readonly projects: readonly ProjectModel[];
  readonly users: readonly UserModel[];
  readonly memberships: readonly Membership[];
  readonly tokens: readonly TokenModel[];
  readonly packages: readonly PackageModel[];
  readonly tags: readonly TagModel[];
}

/** What an administrator sets, and the feature flags that change npm answers. */
export interface GitLabSettings {
  /** `major.minor`, optionally more (`18.4.1-ee`). */
  readonly version: string;
  /** Requests for absent packages go to the public npm registry, unless the root group says otherwise. */
  readonly forwarding: boolean;
  /** Every project's allowlist is in force, whatever its own switch says (17.6 and later). */
  readonly enforceAllowlist: boolean;
  /** `V2` is the flag `npm_allow_packages_in_multiple_projects`: on on the biggest public GitLab, off by default elsewhere. */
  readonly variant: 'V1' | 'V2';
  /** A job token without an entry reads a public or internal project whose registry is closed. Left out: from 18.0 on. */
  readonly strangersReadProject?: boolean | undefined;
  readonly guestsMayPull: boolean;
  readonly anyoneMayPull: boolean;
  /** Paths of the root groups with fine-grained policies on, `all` for every one. From 18.3 on they apply everywhere. */
  readonly policies: 'all' | readonly string[];
  /** Path below which GitLab lives (`/gitlab`), empty for none. */
  readonly relativeRoot: string;
  /** Tarballs are answered by a redirect to a second origin that refuses requests with an Authorization header. */
  readonly objectStorage: boolean;
  /** The administrator switched packages off: their routes are not found, for nobody (GitLab model, section 3). Left out: they are on. */
  readonly packagesOff?: boolean;
}

export interface GroupModel {
  readonly id: number;
  readonly path: string;
  readonly visibility: Visibility;
  /** The group's own forwarding setting, `null` to follow the instance. */
  readonly forwarding: boolean | null;
  /** The group lets only some addresses in, and the job's is none of them. Left out: it lets everybody in. */
  readonly ipRestricted?: boolean;
}

export interface ProjectModel {
  readonly id: number;
  readonly path: string;
  readonly visibility: Visibility;
  readonly registry: RegistryAccess;
  /** The repository is switched off, or was never made. Left out: it is there. */
  readonly repository?: 'off' | 'none';
  readonly cicd: boolean;
  readonly allowlist: Allowlist;
  /** The project's own outbound list (up to 17.x), `off` when its job tokens are not limited. */
  readonly outbound: 'off' | readonly string[];
  readonly protections: readonly PackageProtection[];
}

/** `enabled: false` is "all groups and projects". Entries stay while it is off. */
export interface Allowlist {
  readonly enabled: boolean;
  readonly entries: readonly AllowlistEntry[];
}

export interface AllowlistEntry {
  readonly kind: 'project' | 'group';
  readonly path: string;
  readonly permissions: 'default' | readonly Permission[];
}

export type Permission = 'read_packages' | 'admin_packages';

/** A protection rule: packages whose name matches (`*` stands for anything) may be pushed from `least` on. */
export interface PackageProtection {
  readonly pattern: string;
  readonly least: Role;
}

export interface UserModel {
  readonly login: string;
  readonly external: boolean;
  /** What GitLab says of the account to every request of it. Left out: it lets it in. */
  readonly denied?: string | null;
}

/** `in` is the full path of a group or project; roles in groups hold for everything below. */
export interface Membership {
  readonly user: string;
  readonly in: string;
  readonly role: Role;
}

export type TokenModel =
  | {
      readonly kind: 'job';
      readonly value: string;
      readonly project: string;
      readonly user: string;
      readonly status: 'running' | 'finished';
    }
  | {
      readonly kind: 'personal';
      readonly value: string;
      readonly user: string;
      readonly scopes: readonly string[];
    }
  | {
      readonly kind: 'deploy';
      readonly value: string;
      readonly project: string;
      readonly scopes: readonly string[];
    };

/** One version of a package in one project. The newest has the highest id. */
export interface PackageModel {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  readonly version: string;
  /** Its package.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly deprecated: string | null;
  readonly tarball: Buffer;
}

export interface TagModel {
  readonly project: string;
  readonly name: string;
  readonly tag: string;
  readonly version: string;
}

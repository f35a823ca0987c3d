import type { DirectGitLab, GitLabs } from './direct-http.ts';
import { lockedTarball, packageName, registryUrl, sentToken } from './proof-gitlab.ts';
import { isDeployOfAnother, numbers, type ProofState } from './proof-state.ts';

/** What would mend one fault of a state. */
export type Mending =
  | 'line'
  | 'key'
  | 'tarball-key'
  | 'variable'
  | 'literal'
  | 'token'
  | 'scope'
  | 'allowlist'
  | 'permission'
  | 'role'
  /** A role in the other project, which has the wanted version. */
  | 'role-there'
  | 'registry'
  | 'outbound'
  | 'publish'
  | 'version'
  | 'project'
  | 'lock'
  | 'prefix';

/** What a cause says should be mended; a cause that is not here can't be true in the space. */
export const mendedBy: Readonly<Record<string, readonly Mending[]>> = {
  'scope-not-mapped': ['line'],
  'auth-key-missing': ['key'],
  'auth-key-mismatch': ['key'],
  'tarball-prefix-uncovered': ['tarball-key', 'key'],
  'variable-unset': ['variable'],
  'token-rejected': ['token', 'literal'],
  'token-scope-missing': ['scope'],
  'not-on-allowlist': ['allowlist'],
  'fine-grained-permission-missing': ['permission'],
  'role-missing': ['role', 'role-there'],
  'registry-restricted': ['registry'],
  'outbound-limit': ['outbound'],
  'package-not-found': ['publish', 'prefix'],
  'project-not-found': ['project', 'prefix'],
  'version-not-found': ['version'],
  'forwarded-to-public': ['publish', 'project', 'prefix'],
  'scope-is-not-root-namespace': ['prefix'],
  'lockfile-pins-other-registry': ['prefix', 'lock'],
};

/** A state after some mendings. `served`: the configuration, or the lockfile, names the project that holds the package. */
export interface Mended {
  state: ProofState;
  served: boolean;
}

const held = { absent: ['absent', 'other-project', 'elsewhere'] as readonly ProofState['package'][] };

type Change = (state: ProofState, served: boolean) => Partial<ProofState> | null;

const changes: Readonly<Record<Mending, Change>> = {
  line: ({ config }) => (config === 'line-missing' ? { config: 'right' } : null),
  key: ({ config }) => (config === 'key-missing' || config === 'key-mismatch' ? { config: 'right' } : null),
  'tarball-key': ({ config }) => (config === 'tarball-key-missing' ? { config: 'right' } : null),
  variable: ({ config }) => (config === 'variable-unset' ? { config: 'right' } : null),
  literal: ({ config }) => (config === 'literal-token' ? { config: 'right' } : null),
  token: ({ token }) =>
    token === 'finished' ? { token: 'running' } : token === 'revoked' ? { token: 'personal' } : null,
  scope: ({ token }) =>
    token === 'narrow' ? { token: 'personal' } : token === 'narrow-deploy' ? { token: 'deploy' } : null,
  allowlist: ({ allowlist }) =>
    allowlist.startsWith('none') || allowlist === 'wrong-direction' || allowlist === 'enforced'
      ? { allowlist: 'project' }
      : null,
  permission: ({ allowlist }) => (allowlist === 'without-permission' ? { allowlist: 'project' } : null),
  role: ({ role, place, token, package: held }, served) => {
    // a deploy token of the project that is asked: the configured one, or the one that the package lies in
    if (place === 'version-elsewhere') return null;
    if (isDeployOfAnother({ token })) return { token: 'deploy', ...(served && { role: 'reporter' }) };
    if (token.includes('deploy') && !(served && held === 'elsewhere')) return null;
    if (place === 'in-hidden-root') return { role: 'reporter', place: 'in-scope-root' };
    return role === 'reporter' ? null : { role: 'reporter' };
  },
  'role-there': ({ place, token }) =>
    place === 'version-elsewhere'
      ? {
          place: 'version-beside',
          role: 'reporter',
          ...(isDeployOfAnother({ token }) && { token: 'deploy' as const }),
        }
      : null,
  registry: ({ registry }) =>
    registry === 'disabled' || registry === 'private' ? { registry: 'enabled' } : null,
  outbound: ({ outbound, version }) =>
    outbound === 'limited' && numbers(version)[0] < 18 ? { outbound: 'off' } : null,
  publish: (state) => (held.absent.includes(state.package) ? { package: 'present' } : null),
  // GitLab refuses a version that another project of the root group has
  version: ({ package: held, place }) =>
    held === 'other-version' && !place.startsWith('version-') ? { package: 'present' } : null,
  project: (state) => (state.package === 'no-project' ? { package: 'present' } : null),
  // locked anew, by what the registry names
  lock: ({ lockfile }) => (lockfile ? { lockfile: false } : null),
  // the key of a project's registry covers its tarballs
  prefix: ({ config }) => (config === 'tarball-key-missing' ? { config: 'right' } : {}),
};

const mendings = Object.keys(changes) as readonly Mending[];
const keys: readonly Mending[] = ['key', 'tarball-key'];

/** The state after these mendings; those that change nothing are passed over. */
export function mend({ state, served }: Mended, done: readonly Mending[]): Mended {
  const servedNow = served || done.includes('prefix');
  return {
    state: Object.assign({}, state, ...done.map((mending) => changes[mending](state, servedNow))),
    served: servedNow,
  };
}

const mostKept = 500_000;

/** Knows which states install and what stands in the way of the others. */
export class Truth {
  readonly #works = new Map<string, boolean>();
  readonly #gitlabs: GitLabs;

  constructor(gitlabs: GitLabs) {
    this.#gitlabs = gitlabs;
  }

  /** Whether an install gets metadata and tarball with what its client sends, asked of the embedded GitLab alone. */
  installs(mended: Mended): boolean {
    const key = keyOf(mended);
    const known = this.#works.get(key);
    if (known !== undefined) return known;
    const works = installSucceeds(mended, this.#gitlabs.of(mended.state));
    if (this.#works.size >= mostKept) this.#works.clear();
    this.#works.set(key, works);
    return works;
  }

  /** The union of all smallest sets of mendings after which the install succeeds: each of them is a true cause. */
  causes(start: Mended): ReadonlySet<Mending> {
    return new Set(this.#smallestSets(start).flat());
  }

  /**
   * The true causes that the client can come upon: while it is refused the metadata it asks for no tarball, so that no key for the tarball is
   * missed, nor another prefix that brings one.
   */
  comeUpon(start: Mended): ReadonlySet<Mending> {
    const isBefore = start.state.config === 'tarball-key-missing' && !this.reachesTarball(start);
    return this.causes(isBefore ? mend(start, ['tarball-key']) : start);
  }

  /** Whether the client gets as far as a tarball, with or without what that asks for. */
  reachesTarball({ state, served }: Mended): boolean {
    return lockedOrNamed({ state, served }, this.#gitlabs.of(state)) !== null;
  }

  /** How many things have to be mended at least until the install succeeds. */
  fewest(start: Mended): number {
    return Math.min(...this.#smallestSets(start).map(({ length }) => length));
  }

  /** To lock anew takes the place of what the lockfile names, so that what else has to be mended then is looked at apart. */
  #smallestSets(start: Mended): readonly (readonly Mending[])[] {
    const sets = this.#setsWithoutLock(start);
    if (!start.state.lockfile) return sets;
    const anew = this.#setsWithoutLock(mend(start, ['lock']))
      .map((set): readonly Mending[] => ['lock', ...set])
      .filter((set) => !sets.some((found) => found.every((mending) => set.includes(mending))));
    return [...sets, ...anew];
  }

  #setsWithoutLock(start: Mended): readonly (readonly Mending[])[] {
    const there = mendings.filter((mending) =>
      mending === 'lock'
        ? false
        : mending === 'prefix'
          ? !start.served
          : changes[mending](start.state, true) !== null,
    );
    const works = (set: readonly Mending[]) => this.installs(mend(start, set));
    // another prefix may take away what works
    if (works([])) return [[]];
    // a key can take away what is open to whoever sends no token
    const isNeeded = (mending: Mending) => {
      const rest = there.filter((other) => other !== mending);
      return !works(rest) && !works(rest.filter((other) => !keys.includes(other)));
    };
    const needed = there.filter(isNeeded);
    if (works(needed)) return [needed];
    const optional = there.filter((mending) => !needed.includes(mending));
    const smallest: (readonly Mending[])[] = [];
    for (const set of subsetsBySize(optional)) {
      if (smallest.some((found) => found.every((mending) => set.includes(mending)))) continue;
      if (works([...needed, ...set])) smallest.push(set);
    }
    return smallest.map((set) => [...needed, ...set]);
  }
}

function installSucceeds(mended: Mended, gitlab: DirectGitLab): boolean {
  const tarball = lockedOrNamed(mended, gitlab);
  return tarball !== null && asked(mended.state, gitlab, tarball, 'tarball').status === 200;
}

/** The tarball that the lockfile names, or the metadata as the client gets them; `null` for none. */
function lockedOrNamed({ state, served }: Mended, gitlab: DirectGitLab): string | null {
  if (state.config === 'line-missing' && !state.lockfile) return null;
  if (state.lockfile) return lockedTarball(state, served);
  const url = `${registryUrl(state, served)}${packageName(state).replace('/', '%2f')}`;
  const metadata = asked(state, gitlab, url, 'metadata');
  if (metadata.status !== 200) return null;
  const { versions } = JSON.parse(String(metadata.body)) as {
    versions: Record<string, { dist: { tarball: string } }>;
  };
  return versions['1.4.0']?.dist.tarball ?? null;
}

function asked(state: ProofState, gitlab: DirectGitLab, url: string, request: 'metadata' | 'tarball') {
  const token = sentToken(state, request);
  return gitlab.get(url, token === null ? null : ['authorization', `Bearer ${token}`]);
}

/** Every value of a state in one text. */
export function keyOf({ state, served }: Mended): string {
  return `${Object.values(state).join(' ')} ${served}`;
}

function subsetsBySize(all: readonly Mending[]): readonly (readonly Mending[])[] {
  return Array.from({ length: 1 << all.length }, (_, bits) =>
    all.filter((_mending, index) => bits & (1 << index)),
  ).sort((a, b) => a.length - b.length);
}

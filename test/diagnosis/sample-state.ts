import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';

/** One choice in every dimension of what can stand between a job and a package on GitLab. */
export interface SampleState {
  visibility: 'private' | 'internal' | 'public';
  registry: 'disabled' | 'private' | 'enabled' | 'public';
  role: 'none' | 'guest' | 'reporter' | 'developer';
  allowlist: 'none' | 'wrong-direction' | 'project' | 'group' | 'without-permission' | 'off';
  variant: 'V1' | 'V2';
  version: '16.5' | '17.3' | '17.4' | '17.10' | '18.0' | '18.3' | '19.0';
  prefix: 'instance' | 'group' | 'project';
  scope: '@acme' | '@ui';
  package: 'present' | 'other-project' | 'absent';
  /** The job's own token, or a personal one of the same user: with `read_api`, or too narrow. */
  token: 'running' | 'finished' | 'personal' | 'narrow';
  forwarding: boolean;
  policies: boolean;
  outbound: 'off' | 'limited';
  lockfile: boolean;
  /** Where project 324 lies: where its package's name suggests, or deeper beside another project of that name. */
  place: 'suggested' | 'beside-listed' | 'beside-member' | 'beside-closed';
}

const dimensions = {
  visibility: ['private', 'private', 'internal', 'public'],
  registry: ['enabled', 'enabled', 'disabled', 'private', 'public'],
  role: ['none', 'guest', 'reporter', 'developer'],
  allowlist: ['none', 'wrong-direction', 'project', 'group', 'without-permission', 'off'],
  variant: ['V1', 'V2'],
  version: ['16.5', '17.3', '17.4', '17.10', '18.0', '18.3', '19.0'],
  prefix: ['instance', 'group', 'project'],
  scope: ['@acme', '@acme', '@acme', '@ui'],
  package: ['present', 'present', 'present', 'other-project', 'absent'],
  token: ['running', 'running', 'running', 'running', 'running', 'running', 'finished', 'personal', 'narrow'],
  forwarding: [true, false],
  policies: [true, false],
  outbound: ['off', 'off', 'off', 'limited'],
  lockfile: [false, false, true],
  place: ['suggested', 'suggested', 'suggested', 'beside-listed', 'beside-member', 'beside-closed'],
} as const satisfies { [Key in keyof SampleState]: readonly SampleState[Key][] };

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

/** A state chosen by `random`. */
export function sampleState(random: () => number): SampleState {
  return Object.fromEntries(
    Object.entries(dimensions).map(([key, values]) => [key, values[Math.floor(random() * values.length)]]),
  ) as unknown as SampleState;
}

/** What would mend one fault of a state. */
export type Mending =
  | 'token'
  | 'scope'
  | 'allowlist'
  | 'permission'
  | 'role'
  | 'registry'
  | 'outbound'
  | 'publish'
  | 'prefix';

/** The mendings that change anything in a state. */
export function mendingsOf(state: SampleState): readonly Mending[] {
  const [major = 0] = state.version.split('.').map(Number);
  const all: Record<Mending, boolean> = {
    token: state.token === 'finished',
    scope: state.token === 'narrow',
    allowlist: state.allowlist === 'none' || state.allowlist === 'wrong-direction',
    permission: state.allowlist === 'without-permission',
    role: state.role === 'none' || state.role === 'guest',
    registry: state.registry === 'disabled' || state.registry === 'private',
    outbound: state.outbound === 'limited' && major < 18,
    publish: state.package !== 'present',
    prefix: true,
  };
  return (Object.keys(all) as Mending[]).filter((mending) => all[mending]);
}

export const sampleUrl = 'https://gitlab.example.com';
export const sampleToken = 'glcbt-64_job-token-of-the-sample';
export const personalToken = 'glpat-personal-token-of-the-sample';

/** The token that the client's key refers to. */
export function clientToken({ token }: SampleState): string {
  return token === 'personal' || token === 'narrow' ? personalToken : sampleToken;
}

/** The GitLab of a state. The package lies in project 324 or in 325, `acme/other`; both are open or closed alike. */
export function sampleGitLab(state: SampleState, mended: readonly Mending[] = []): GitLabBuilder {
  const is = (mending: Mending) => mended.includes(mending);
  const home = state.place === 'suggested' ? 'acme/ui' : 'acme/web/ui';
  const holders = [home, 'acme/other'];
  const name = packageName(state);
  let model = gitlab({
    version: state.version,
    variant: state.variant,
    forwarding: state.forwarding,
    policies: state.policies ? 'all' : [],
  })
    .project('acme/shop', {
      id: 512,
      outbound: state.outbound === 'limited' && !is('outbound') ? [] : 'off',
    })
    .member('alice', 'developer', 'acme/shop');
  if (state.place !== 'suggested') {
    model = model.project('acme/ui', { id: 400 });
    if (state.place === 'beside-listed') model = model.allow('acme/ui', 'acme/shop');
    if (state.place === 'beside-member') model = model.member('alice', 'developer', 'acme/ui');
  }
  holders.forEach((path, index) => {
    model = model.project(path, {
      id: 324 + index,
      visibility: state.visibility,
      registry: is('registry') ? 'enabled' : state.registry,
      allowlist: state.allowlist === 'off' ? 'off' : 'on',
    });
    const role = is('role') ? 'reporter' : state.role;
    if (role !== 'none') model = model.member('alice', role, path);
    if (state.allowlist === 'wrong-direction') model = model.allow('acme/shop', path);
    if (state.allowlist === 'project' || is('allowlist')) model = model.allow(path, 'acme/shop');
    if (state.allowlist === 'group') model = model.allow(path, 'acme');
    if (state.allowlist === 'without-permission') {
      model = model.allow(path, 'acme/shop', is('permission') ? 'default' : []);
    }
  });
  model = model.jobToken(sampleToken, {
    project: 'acme/shop',
    user: 'alice',
    status: state.token === 'finished' && !is('token') ? 'finished' : 'running',
  });
  if (state.token === 'personal' || state.token === 'narrow') {
    const scopes = state.token === 'personal' || is('scope') ? ['read_api'] : ['read_repository'];
    model = model.personalToken(personalToken, { user: 'alice', scopes });
  }
  if (state.package === 'other-project') model = model.package('acme/other', name, '1.4.0');
  if (state.package === 'present' || is('publish')) model = model.package(home, name, '1.4.0');
  return model;
}

export function packageName({ scope }: SampleState): string {
  return `${scope}/ui`;
}

/** The registry URL of a state; mended, the prefix that serves the package whatever its scope. */
export function registryUrl(state: SampleState, mended: readonly Mending[] = []): string {
  const api = `${sampleUrl}/api/v4`;
  if (mended.includes('prefix')) {
    const id = state.package === 'other-project' && !mended.includes('publish') ? 325 : 324;
    return `${api}/projects/${id}/packages/npm/`;
  }
  if (state.prefix === 'instance') return `${api}/packages/npm/`;
  return state.prefix === 'group'
    ? `${api}/groups/acme/-/packages/npm/`
    : `${api}/projects/324/packages/npm/`;
}

/** The tarball that a lockfile of the state names: of the project that holds the package, else of the one that should. */
export function lockedTarball(state: SampleState, mended: readonly Mending[] = []): string {
  const id = state.package === 'other-project' && mended.includes('prefix') ? 325 : 324;
  const name = packageName(state);
  return `${sampleUrl}/api/v4/projects/${id}/packages/npm/${name}/-/${name}-1.4.0.tgz`;
}

import type { Role } from '../../src/domain/access-state.ts';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { packTarball } from '../../src/simulator/tarball.ts';
import type { ProofState } from './proof-state.ts';

export const serverUrl = 'https://gitlab.example.com';
export const apiUrl = `${serverUrl}/api/v4`;
export const jobTokenValue = 'glcbt-64_job-token-of-the-proof';
/** The token beside the job's, with the beginning of its kind. */
export function storedTokenValue({ token }: Pick<ProofState, 'token'>): string {
  return `${token.includes('deploy') ? 'gldt' : 'glpat'}-stored-token-of-the-proof`;
}
export const literalTokenValue = 'glcbt-64_token-of-a-job-long-gone';

const tarball = packTarball({ name: 'ui', version: '1.4.0' });

/** The GitLab of a state. The package lies in project 324, in 325, `acme/other`, or in 326, `tools/ui`. */
export function gitlabOf(state: ProofState): GitLabBuilder {
  const name = packageName(state);
  let model = gitlab({
    version: state.version,
    variant: state.variant,
    forwarding: state.forwarding,
    policies: state.policies ? 'all' : state.place.endsWith('-policies') ? ['ui'] : [],
    strangersReadProject: state.allowlist === 'none-shown' ? true : undefined,
    guestsMayPull: state.guestsMayPull,
    enforceAllowlist: state.allowlist === 'enforced',
  })
    .group('acme', { visibility: state.place === 'in-open-group' ? 'public' : state.visibility })
    .group('tools', { visibility: state.visibility })
    .user(userOf(state), { external: state.external })
    .project(consumerPath(state), {
      id: 512,
      outbound: state.outbound === 'limited' ? outboundOf(state) : 'off',
    })
    .member('alice', 'developer', consumerPath(state))
    .member(userOf(state), 'developer', consumerPath(state));
  if (state.consumer === 'outside') model = model.group('shops');
  if (state.token === 'deploy-beside') model = model.project('acme/docs', { id: 403 });
  if (isBelowScope(state)) model = model.group('ui', { visibility: state.visibility });
  if (state.place === 'beside-known-root' || state.place === 'other-root-beside') model = model.group('ui');
  if (knownRoots.has(state.place))
    model = model.project('ui/docs', { id: 402 }).member(userOf(state), 'guest', 'ui/docs');
  // whom nobody lets in elsewhere may know that group all the same
  if (knownRoots.has(state.place) && state.credential === 'stored' && state.allowlist === 'none')
    model = model.member('alice', 'guest', 'ui/docs');
  for (const [id, path] of projectsOf(state)) {
    const { visibility, registry, role, allowlist } = rightsOf(state, id);
    model = model.project(path, {
      id,
      visibility,
      registry,
      allowlist: allowlist === 'off' || allowlist === 'enforced' ? 'off' : 'on',
      ...(id === 324 && state.repository !== undefined && { repository: state.repository }),
    });
    if (role !== 'none') model = model.member(userOf(state), role, path);
    if (state.credential === 'stored' && allowlist === 'project' && !isHiddenFromJob(state, id))
      model = model.member('alice', isGuestBeside(state) ? 'guest' : 'reporter', path);
    if (allowlist === 'wrong-direction') model = model.allow(consumerPath(state), path);
    if (allowlist === 'project') model = model.allow(path, consumerPath(state));
    if (allowlist === 'group') model = model.allow(path, consumerPath(state).split('/')[0] ?? '');
    if (allowlist === 'without-permission') model = model.allow(path, consumerPath(state), []);
  }
  if (besides.has(state.place)) {
    model = model.project('acme/ui', { id: 400 });
    if (state.place === 'beside-listed' || state.place === 'beside-open')
      model = model.allow('acme/ui', consumerPath(state));
    if (state.place === 'beside-member' || state.place === 'beside-open')
      model = model.member('alice', 'developer', 'acme/ui');
  }
  model = withTokens(model, state);
  if (state.package === 'absent' || (state.package === 'no-project' && holderId(state) === 324)) return model;
  const options = { tarball };
  if (state.package === 'both')
    model = model.package(
      homeOf(state),
      name,
      '1.4.0',
      state.place === 'scope-reader' ? { tarball, id: 0 } : options,
    );
  model = model.package(
    holderOf(state),
    name,
    state.package === 'other-version' ? '0.9.0' : '1.4.0',
    options,
  );
  if (isVersionApart(state)) model = model.package('acme/other', name, '1.4.0', { tarball, id: 0 });
  return hasTwin(state) ? withTwin(model, state) : model;
}

type Rights = Pick<ProofState, 'visibility' | 'registry' | 'role' | 'allowlist'>;

/** What a project that holds the package beside project 324 is like where it has rights of its own. */
const newer: Partial<Record<ProofState['place'], Partial<Rights>>> = {
  'newer-reader': { visibility: 'private', registry: 'enabled', role: 'reporter', allowlist: 'project' },
  'newer-members': { visibility: 'internal', registry: 'private', role: 'none', allowlist: 'none' },
  'newer-listed': { visibility: 'internal', registry: 'private', role: 'none', allowlist: 'project' },
  'newer-hidden': { visibility: 'private', registry: 'private', role: 'none', allowlist: 'none' },
  'newer-unpermitted': {
    visibility: 'private',
    registry: 'enabled',
    role: 'guest',
    allowlist: 'without-permission',
  },
  'newer-unlisted': { visibility: 'internal', registry: 'enabled', role: 'reporter', allowlist: 'none' },
  'namesake-hidden': { visibility: 'private', registry: 'enabled', role: 'none', allowlist: 'project' },
  'other-hidden': { visibility: 'private', registry: 'enabled', role: 'none', allowlist: 'project' },
  'scope-namesake': { visibility: 'private', registry: 'enabled', role: 'none', allowlist: 'project' },
  'scope-hidden': { visibility: 'private', registry: 'enabled', role: 'none', allowlist: 'none' },
  'scope-known': { visibility: 'private', registry: 'enabled', role: 'none', allowlist: 'none' },
  'scope-guest': { visibility: 'private', registry: 'enabled', role: 'guest', allowlist: 'project' },
  'scope-reader': { visibility: 'private', registry: 'enabled', role: 'reporter', allowlist: 'project' },
};

/** What the project is like that has the wanted version, where the configured one has another. */
const apart: Partial<Record<ProofState['place'], Rights>> = {
  'version-elsewhere': { visibility: 'private', registry: 'enabled', role: 'none', allowlist: 'project' },
  'version-beside': { visibility: 'private', registry: 'enabled', role: 'reporter', allowlist: 'project' },
};

function isVersionApart({ place }: Pick<ProofState, 'place'>): boolean {
  return apart[place] !== undefined;
}

function rightsOf(state: ProofState, id: number): Rights {
  if (state.place === 'in-hidden-root') return { ...state, visibility: 'private', role: 'none' };
  const isBeside = state.place === 'scope-reader' ? id === 324 : id === 325;
  return isBeside ? { ...state, ...newer[state.place], ...apart[state.place] } : state;
}

/** The consumer's own list, where it limits its token: it names the other project that holds the package. */
function outboundOf(state: ProofState): readonly string[] {
  if (hasTwin(state)) return [twinPath(state)];
  return newer[state.place] ? ['acme/other'] : [];
}

function twinPath({ scope }: ProofState): string {
  return `${scope.slice(1)}/ui`;
}

const knownRoots: ReadonlySet<ProofState['place']> = new Set([
  'in-known-root',
  'beside-known-root',
  'other-root-beside',
  'scope-known',
]);
const besides: ReadonlySet<ProofState['place']> = new Set([
  'beside-listed',
  'beside-member',
  'beside-open',
  'beside-closed',
]);

/** Whether project 324 lies below the root group that the scope names, which is not the consumer's; no group shows less than a project in it. */
function isBelowScope({ place }: ProofState): boolean {
  return place === 'in-scope-root' || place === 'in-known-root' || place === 'scope-guest-beside';
}

function hasTwin({ place }: ProofState): boolean {
  return place.startsWith('twin-') || place === 'namesake';
}

/** Whether the job's user is a guest beside the stored token's: who reads the twin may be another project's reader. */
function isGuestBeside(state: ProofState): boolean {
  return hasTwin(state) || state.place.endsWith('guest-beside');
}

/** Whether the project that has the wanted version apart is one that the job's user knows nothing of either. */
function isHiddenFromJob({ place }: ProofState, id: number): boolean {
  return place === 'version-elsewhere' && id === 325;
}

/** Another project with the same package, at the path that the names suggest. */
function withTwin(model: GitLabBuilder, state: ProofState): GitLabBuilder {
  const path = twinPath(state);
  const role =
    { 'twin-guest': 'guest', 'twin-closed': 'none', 'twin-hidden-policies': 'none' }[String(state.place)] ??
    'reporter';
  const twin = model
    .project(path, {
      id: 401,
      registry: state.place === 'twin-disabled' ? 'disabled' : 'enabled',
      ...(state.place === 'twin-off' && { repository: 'off' }),
    })
    .member(userOf(state), role as Role, path)
    .member('alice', role as Role, path)
    .package(path, packageName(state), '1.4.0', { tarball });
  const unlisted = ['twin-unlisted', 'twin-closed', 'twin-policies', 'twin-hidden-policies'].includes(
    state.place,
  );
  return unlisted ? twin : twin.allow(path, consumerPath(state));
}

/** Project 324, and the one that holds the package in its stead, with the same rights. */
function projectsOf(state: ProofState): readonly (readonly [number, string])[] {
  const home = [324, homeOf(state)] as const;
  const holder = [holderId(state), holderOf(state)] as const;
  if (state.package === 'no-project') return holder[0] === 324 ? [] : [holder];
  if (isVersionApart(state)) return [home, [325, 'acme/other']];
  if (state.place === 'scope-reader') return [[326, homeOf(state)], holder];
  if (holder[0] === 324) return [home];
  return [home, holder];
}

/** The project that holds the package, or should. */
function holderOf(state: ProofState): string {
  if (state.place === 'namesake-hidden') return 'acme/web/ui';
  if (state.place.startsWith('scope-')) return 'ui/web/ui';
  if (holderId(state) === 325) return 'acme/other';
  return state.package === 'elsewhere' ? 'tools/ui' : homeOf(state);
}

function holderId({ package: held, place }: Pick<ProofState, 'package' | 'place'>): number {
  if (held === 'no-project' && place === 'other-root') return 325;
  // what a group lists bears the number of the one project that is known
  if (place === 'scope-reader') return 324;
  return held === 'other-project' || held === 'both' ? 325 : held === 'elsewhere' ? 326 : 324;
}

/** The project to which a better prefix or lockfile leads; one with rights of its own is no mending of the configured one. */
function servedId(state: Pick<ProofState, 'package' | 'place'>): number {
  if (isVersionApart(state)) return 325;
  if (state.place === 'scope-reader') return 326;
  return newer[state.place] ? 324 : holderId(state);
}

function withTokens(model: GitLabBuilder, state: ProofState): GitLabBuilder {
  const status = state.token === 'finished' ? 'finished' : 'running';
  const job = model.jobToken(jobTokenValue, { project: consumerPath(state), user: 'alice', status });
  switch (state.token) {
    case 'personal':
      return job.personalToken(storedTokenValue(state), { user: userOf(state), scopes: ['read_api'] });
    case 'narrow':
      return job.personalToken(storedTokenValue(state), { user: userOf(state), scopes: ['read_repository'] });
    case 'deploy':
    case 'narrow-deploy':
    case 'deploy-elsewhere':
    case 'deploy-beside': {
      const scopes = [state.token === 'narrow-deploy' ? 'read_repository' : 'read_package_registry'];
      return job.deployToken(storedTokenValue(state), { project: deployTokenHome(state), scopes });
    }
    default:
      return job;
  }
}

/** Where the scope's own root group holds the package too, the configured project is the one that is meant. */
const besideScope: ReadonlySet<ProofState['place']> = new Set([
  'scope-hidden',
  'scope-known',
  'scope-guest',
  'scope-reader',
]);

/** The project of the deploy token: the one that is configured, the one that holds the package (its role), or the consumer itself. */
function deployTokenHome(state: ProofState): string {
  if (state.token === 'deploy-elsewhere') return consumerPath(state);
  if (state.token === 'deploy-beside') return 'acme/docs';
  if (state.place === 'version-beside') return 'acme/other';
  if (besideScope.has(state.place)) return homeOf(state);
  return state.package === 'elsewhere' && state.role === 'none' ? homeOf(state) : holderOf(state);
}

/** Whose token the client sends; bob's lies stored beside the job's, which is alice's. */
function userOf({ credential }: ProofState): string {
  return credential === 'stored' ? 'bob' : 'alice';
}

const homes: Partial<Record<ProofState['place'], string>> = {
  suggested: 'acme/ui',
  'scope-hidden': 'acme/ui',
  'scope-known': 'acme/ui',
  'scope-guest': 'acme/ui',
  'scope-reader': 'acme/ui',
  'version-elsewhere': 'acme/ui',
  'version-beside': 'acme/ui',
  'beside-known-root': 'acme/ui',
  'in-scope-root': 'ui/web/ui',
  'in-known-root': 'ui/web/ui',
  'in-hidden-root': 'ui/web/ui',
  'scope-guest-beside': 'ui/web/ui',
  'own-guest-beside': 'acme/ui',
  'other-root': 'tools/ui',
  'guest-beside': 'tools/ui',
  'namesake-hidden': 'tools/ui',
  'other-hidden': 'tools/ui',
  'scope-namesake': 'tools/ui',
  'other-root-beside': 'tools/ui',
};

function homeOf({ scope, place }: ProofState): string {
  if ((place === 'twin-closed' || place === 'twin-hidden-policies') && scope === '@ui') return 'tools/kit';
  if (place.startsWith('twin-')) return 'acme/web/kit';
  return homes[place] ?? 'acme/web/ui';
}

/** The path of the project whose job runs. */
export function consumerPath({ consumer }: Pick<ProofState, 'consumer'>): string {
  return consumer === 'inside' ? 'acme/shop' : 'shops/shop';
}

export function packageName({ scope }: Pick<ProofState, 'scope'>): string {
  return `${scope}/ui`;
}

/** The registry URL of a state, or the one that serves its package whatever the scope: the prefix of the project that holds it. */
export function registryUrl(
  { prefix, package: held, place }: Pick<ProofState, 'prefix' | 'package' | 'place'>,
  served = false,
): string {
  if (served) return `${apiUrl}/projects/${servedId({ package: held, place })}/packages/npm/`;
  if (prefix === 'instance') return `${apiUrl}/packages/npm/`;
  return prefix === 'group'
    ? `${apiUrl}/groups/acme/-/packages/npm/`
    : `${apiUrl}/projects/324/packages/npm/`;
}

/** The tarball that a lockfile names: of project 324, which may not hold the package; `served`: of the one that holds it. */
export function lockedTarball(
  state: Pick<ProofState, 'scope' | 'package' | 'place'>,
  served = false,
): string {
  const id = served ? servedId(state) : 324;
  const name = packageName(state);
  return `${apiUrl}/projects/${id}/packages/npm/${name}/-/${name}-1.4.0.tgz`;
}

/** The token that the client sends with a request; `null` for none. */
export function sentToken(
  state: Pick<ProofState, 'config' | 'credential' | 'token'>,
  request: 'metadata' | 'tarball',
): string | null {
  switch (state.config) {
    case 'line-missing':
      return request === 'tarball' ? jobTokenValue : null;
    case 'key-missing':
    case 'key-mismatch':
      return null;
    case 'variable-unset':
      return '${NPM_TOKEN}';
    case 'literal-token':
      return literalTokenValue;
    case 'tarball-key-missing':
      return request === 'metadata' ? jobTokenValue : null;
    case 'right':
      return state.credential === 'stored' ? storedTokenValue(state) : jobTokenValue;
  }
}

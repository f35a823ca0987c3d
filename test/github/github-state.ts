import { manifest } from '../../src/demo/scenario.ts';
import type { GitHubFault } from '../../src/domain/github-access.ts';
import { judge } from '../../src/providers/github/access-rules.ts';
import type { GitHubBuilder } from '../../src/simulator/github/github.ts';
import { github } from '../../src/simulator/github/github.ts';
import { githubAddresses } from '../../src/simulator/github/github-reply.ts';
import { githubCaller, githubStateOf } from '../../src/simulator/github/github-state-of.ts';
import { githubTarballUrl } from '../../src/simulator/github/registry-routes.ts';
import { githubTokens, onGitHub, permissions, workflowFile } from '../scenarios/github-situation.ts';
import { lockfile } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';

/** One state of a GitHub, a job and a checkout, with a single private package. */
export interface State {
  platform: 'github.com' | 'server' | 'hiding server';
  token:
    | 'workflow'
    | 'finished'
    | 'app'
    | 'app, words of today'
    | 'classic'
    | 'classic without scope'
    | 'classic unauthorised'
    | 'classic revoked'
    | 'fine-grained'
    | 'unset';
  /** What the workflow file says; `another version`: the file of the checkout grants it, and the run's did not. */
  file: 'grants' | 'contents only' | 'no block' | 'empty for the job' | 'not there' | 'another version';
  access: 'listed' | 'linked' | 'none';
  owner: 'own' | 'another';
  package: 'private' | 'public' | 'absent' | 'other version';
  event: 'push' | 'fork' | 'fork that keeps access' | 'dependabot';
  lockfile: boolean;
}

const values: { readonly [Key in keyof State]: readonly State[Key][] } = {
  platform: ['github.com', 'server', 'hiding server'],
  token: [
    'workflow',
    'finished',
    'app',
    'app, words of today',
    'classic',
    'classic without scope',
    'classic unauthorised',
    'classic revoked',
    'fine-grained',
    'unset',
  ],
  file: ['grants', 'contents only', 'no block', 'empty for the job', 'not there', 'another version'],
  access: ['listed', 'linked', 'none'],
  owner: ['own', 'another'],
  package: ['private', 'public', 'absent', 'other version'],
  event: ['push', 'fork', 'fork that keeps access', 'dependabot'],
  lockfile: [false, true],
};

/** Every state. Single sign-on per organisation is a thing of github.com alone. */
export function* allStates(): Generator<State> {
  let states: Partial<State>[] = [{}];
  for (const [key, options] of Object.entries(values))
    states = states.flatMap((state) => options.map((value) => ({ ...state, [key]: value })));
  for (const state of states as State[])
    if (state.platform === 'github.com' || state.token !== 'classic unauthorised') yield state;
}

export function packageName({ owner }: State): string {
  return owner === 'own' ? '@acme/ui' : '@tools/ui';
}

const isClassic = ({ token }: State) => token.startsWith('classic');
const isApps = ({ token }: State) => token.startsWith('app');
const mayReadPackages = ({ file }: State) => file === 'grants' || file === 'no block' || file === 'not there';

function tokenValue(state: State): string | null {
  if (state.token === 'unset') return null;
  if (isClassic(state)) return githubTokens.classic;
  if (isApps(state)) return githubTokens.app;
  return state.token === 'fine-grained' ? githubTokens.fineGrained : githubTokens.workflow;
}

export function modelOf(state: State): GitHubBuilder {
  const name = packageName(state);
  const login = name.slice(1, name.indexOf('/'));
  const server = state.platform !== 'github.com';
  const started = github({
    serverUrl: server ? 'https://github.corp.test' : 'https://github.com',
    hides: state.platform === 'hiding server',
    appAnswer: state.token === 'app, words of today' ? 403 : 401,
    forkKeepsAccess: state.event === 'fork that keeps access',
  })
    .owner(login, { singleSignOn: state.token === 'classic unauthorised' })
    .workflowToken(githubTokens.workflow, {
      repository: 'acme/shop',
      packages: mayReadPackages(state) ? 'read' : 'none',
      fromFork: state.event.startsWith('fork'),
      finished: state.token === 'finished',
    })
    .appToken(githubTokens.app)
    .fineGrainedToken(githubTokens.fineGrained, 'alice')
    .classicToken(githubTokens.classic, {
      user: 'alice',
      scopes: state.token === 'classic without scope' ? ['repo'] : ['read:packages', 'repo'],
      revoked: state.token === 'classic revoked',
    });
  if (state.package === 'absent') return started;
  return started.package(name, state.package === 'other version' ? '0.9.0' : '1.4.0', {
    visibility: state.package === 'public' ? 'public' : 'private',
    repository: state.access === 'linked' ? 'acme/shop' : null,
    actionsAccess: state.access === 'listed' ? ['acme/shop'] : [],
    readers: state.access === 'none' ? [] : ['alice'],
  });
}

export function worldOf(state: State): TestWorld {
  const name = packageName(state);
  const model = modelOf(state);
  const { registry } = githubAddresses(model);
  const locked = modelOf({ ...state, package: 'private' }).packages[0];
  const dependencies = { [name]: state.lockfile ? '1.4.0' : '^1.0.0' };
  const fed = isClassic(state) || state.token === 'fine-grained' || state.token === 'unset';
  return onGitHub({
    name: 'state',
    story: 'one state of the space',
    expected: { verdict: 'pass', exitCode: 0, findings: [] },
    github: model,
    dependencies,
    npmrc: `${name.slice(0, name.indexOf('/'))}:registry=${registry.url}\n${registry.url.replace(/^https:/, '')}:_authToken=\${NODE_AUTH_TOKEN}\n`,
    ...(state.lockfile && locked
      ? {
          lock: lockfile(dependencies, {
            [name]: { version: '1.4.0', resolved: githubTarballUrl(registry.url, locked) },
          }),
        }
      : {}),
    variables: {
      NODE_AUTH_TOKEN: tokenValue(state),
      ...(state.event === 'dependabot' ? { GITHUB_ACTOR: 'dependabot[bot]' } : {}),
    },
    ...(state.event.startsWith('fork') ? { pullRequestOf: 'mallory/shop' } : {}),
    workflow:
      state.file === 'not there'
        ? null
        : workflowFile({
            permissions:
              state.file === 'contents only'
                ? permissions.contentsOnly
                : state.file === 'no block'
                  ? ''
                  : permissions.both,
            jobPermissions: state.file === 'empty for the job' ? '    permissions: {}\n' : '',
            token: isApps(state)
              ? '${{ steps.app.outputs.token }}'
              : fed
                ? '${{ secrets.PACKAGES_TOKEN }}'
                : '${{ github.token }}',
          }),
    files: manifestOf(dependencies),
  });
}

function manifestOf(dependencies: Readonly<Record<string, string>>) {
  return { 'package.json': manifest(dependencies) };
}

/** What ends the install of a state, by the model alone; `null` where it works. */
export function faultOf(state: State): GitHubFault | 'variable-unset' | null {
  const model = modelOf(state);
  const value = tokenValue(state);
  if (value === null) return 'variable-unset';
  const caller = githubCaller(model, `Bearer ${value}`);
  const seen = (version: string | null) => githubStateOf(model, caller, packageName(state), version);
  const fault = judge(seen(null), 'metadata').fault ?? judge(seen('1.4.0'), 'tarball').fault;
  return fault === 'no-token' ? 'variable-unset' : fault;
}

/** Every fault that stands in the way of an install, each met once those before it are mended. */
export function faultsOf(state: State): readonly string[] {
  const met: string[] = [];
  let now = state;
  for (let step = 0; step < 8; step += 1) {
    const fault = faultOf(now);
    if (fault === null) return met;
    met.push(fault);
    now = mended(now, fault);
  }
  throw new Error(`no end of faults: ${JSON.stringify(state)}`);
}

function mended(state: State, fault: GitHubFault | 'variable-unset'): State {
  switch (fault) {
    case 'variable-unset':
      return { ...state, token: 'workflow' };
    case 'token-rejected':
      return { ...state, token: isClassic(state) ? 'classic' : 'workflow' };
    case 'token-kind-unsupported':
      return state.token === 'workflow'
        ? { ...state, token: 'classic', access: 'listed' }
        : { ...state, token: 'workflow' };
    case 'token-scope-missing':
    case 'sso-not-authorised':
      return { ...state, token: 'classic' };
    case 'workflow-permission-missing':
      return { ...state, file: 'grants' };
    case 'actions-access-missing':
    case 'package-of-another-owner':
    case 'role-missing':
      return { ...state, access: 'listed' };
    case 'fork-run-restricted':
      return { ...state, event: 'fork that keeps access' };
    case 'project-not-found':
    case 'package-not-found':
    case 'version-not-found':
      return { ...state, package: 'private' };
  }
}

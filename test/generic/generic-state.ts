import { jobVariables, manifest } from '../../src/demo/scenario.ts';
import type { ClientName } from '../../src/domain/client.ts';
import {
  type Caller,
  type ProductName,
  packageName,
  products,
  type ServerState,
  tarballOf,
} from './generic-server.ts';

/** One state of a registry that is neither GitLab's nor GitHub's, a job and a checkout, with a single private package. */
export interface State {
  product: ProductName;
  isOpen: boolean;
  versions: 'there' | 'older' | 'absent';
  tarballs: ServerState['tarballs'];
  /** `job`: the line refers to the CI's own token. */
  token: 'good' | 'dead' | 'narrow' | 'unset' | 'job';
  key:
    | 'right'
    | 'none'
    | 'no slash'
    | 'no port'
    | 'other host'
    | 'other path'
    | 'parent'
    | 'auth'
    | 'login'
    | 'bare';
  line: 'right' | 'none' | 'ignored file' | 'default';
  lock: 'none' | 'right' | 'old host' | 'public';
  client: `${ClientName} ${string}`;
  job: 'gitlab' | 'github' | 'shell';
  /** A key for where the tarballs are, and whatever else this client needs to ask there. */
  covered: boolean;
  /** The input `scopes` names the scope. */
  named: boolean;
}

export const values: { readonly [Key in keyof State]: readonly State[Key][] } = {
  product: Object.keys(products) as ProductName[],
  isOpen: [false, false, true],
  versions: ['there', 'there', 'there', 'there', 'older', 'absent'],
  tarballs: ['own', 'own', 'other path', 'other host', 'storage'],
  token: ['good', 'good', 'good', 'dead', 'narrow', 'unset', 'job'],
  key: [
    'right',
    'right',
    'right',
    'right',
    'none',
    'no slash',
    'no port',
    'other host',
    'other path',
    'parent',
    'auth',
    'login',
    'bare',
  ],
  line: ['right', 'right', 'right', 'right', 'none', 'ignored file', 'default'],
  lock: ['none', 'right', 'none', 'right', 'old host', 'public'],
  client: [
    'npm 10.9.2',
    'npm 11.6.2',
    'npm 12.2.0',
    'pnpm 9.15.9',
    'pnpm 10.13.1',
    'pnpm 11.0.0',
    'pnpm 12.21.0',
    'yarn 1.22.22',
    'yarn-berry 3.8.7',
    'yarn-berry 4.18.1',
    'bun 1.3.0',
  ],
  job: ['gitlab', 'github', 'shell'],
  covered: [false, false, true],
  named: [true, false],
};

const usual: Partial<State> = {
  isOpen: false,
  versions: 'there',
  tarballs: 'own',
  token: 'good',
  key: 'right',
  line: 'right',
  covered: false,
};

export function drawState(random: () => number): State {
  const drawn = Object.entries(values).map(([key, options]) => [
    key,
    key in usual && random() < 0.6
      ? usual[key as keyof State]
      : options[Math.floor(random() * options.length)],
  ]);
  return Object.fromEntries(drawn) as unknown as State;
}

const reader = 'corp-token-that-may-read-000';
const jobToken = 'glcbt-64_job-token-of-the-job-00';
const workflowToken = 'ghs_tokenOfTheWorkflow00000000000000000';
export const tokens = {
  good: reader,
  dead: 'corp-token-that-was-revoked0',
  narrow: 'corp-token-of-another-team-0',
  unset: '',
};
const oldHost = 'https://npm-old.corp.test';

/** The server of a state. */
export function serverOf(state: State): ServerState {
  return {
    product: state.product,
    isOpen: state.isOpen,
    versions: { there: ['0.9.0', '1.4.0'], older: ['0.9.0'], absent: null }[state.versions],
    tarballs: state.tarballs,
    callerOf,
  };
}

function callerOf(authorization: string | undefined): Caller {
  if (authorization === undefined) return 'nobody';
  const [scheme = '', value = ''] = authorization.split(' ');
  const secret =
    scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString().replace(/^bob:/, '') : value;
  if (secret === tokens.good) return 'reader';
  return secret === tokens.narrow ? 'narrow' : 'stranger';
}

export function clientOf({ client }: State): { name: ClientName; version: string } {
  const [name, version] = client.split(' ') as [ClientName, string];
  return { name, version };
}

export interface StateWorld {
  env: Readonly<Record<string, string>>;
  files: Readonly<Record<string, string>>;
  home: Readonly<Record<string, string>>;
  npm: string;
  client: { name: ClientName; version: string };
}

/** The job and the checkout of a state. */
export function worldOf(state: State): StateWorld {
  const client = clientOf(state);
  return {
    env: {
      ...variablesOf(state),
      ...secretsOf(state),
      ...(state.line === 'ignored file' && client.name !== 'yarn-berry'
        ? { NPM_CONFIG_USERCONFIG: '/home/runner/work/_temp/.npmrc' }
        : {}),
    },
    files: {
      'package.json': manifest(
        { [packageName]: '^1.0.0' },
        { packageManager: `${client.name === 'yarn-berry' ? 'yarn' : client.name}@${client.version}` },
      ),
      ...(isAtHome(state) ? {} : configOf(state)),
      ...lockOf(state),
    },
    home: isAtHome(state) ? configOf(state) : {},
    npm: client.version,
    client,
  };
}

/** pnpm takes no reference from the file of a project since 10.34.2. */
function isAtHome({ client, line }: State): boolean {
  return client === 'pnpm 12.21.0' || (line === 'ignored file' && !client.startsWith('yarn-berry'));
}

export function variablesOf({ job }: State): Readonly<Record<string, string>> {
  if (job === 'gitlab')
    return jobVariables({
      url: 'https://gitlab.example.com',
      version: '18.2.1',
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token: jobToken,
    });
  if (job === 'shell') return {};
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_ACTOR: 'alice',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF_NAME: 'main',
    GITHUB_TOKEN: workflowToken,
  };
}

function variableOf({ token, job }: State): string {
  return token === 'job' && job !== 'shell'
    ? job === 'gitlab'
      ? 'CI_JOB_TOKEN'
      : 'GITHUB_TOKEN'
    : 'CORP_TOKEN';
}

function secretsOf({ token, key, client }: State): Readonly<Record<string, string>> {
  const value = token === 'job' ? tokens.dead : tokens[token];
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const held =
    value === '' || client.startsWith('yarn-berry')
      ? value
      : key === 'auth'
        ? base64(`bob:${value}`)
        : key === 'login'
          ? base64(value)
          : value;
  return held === '' ? {} : { CORP_TOKEN: held };
}

/** The registry line's address. */
export function registryOf({ product }: Pick<State, 'product'>): string {
  return products[product].url;
}

export function configOf(state: State): Readonly<Record<string, string>> {
  if (clientOf(state).name === 'yarn-berry') {
    const name = state.line === 'ignored file' ? '.npmrc' : '.yarnrc.yml';
    return state.line === 'ignored file'
      ? { [name]: npmrc({ ...state, line: 'right' }), '.yarnrc.yml': 'nodeLinker: node-modules\n' }
      : { [name]: yarnrc(state) };
  }
  return { '.npmrc': npmrc(state.line === 'ignored file' ? { ...state, line: 'right' } : state) };
}

function npmrc(state: State): string {
  const url = registryOf(state);
  const reference = `\${${variableOf(state)}}`;
  const { host, origin } = new URL(url);
  const path = url.slice(origin.length);
  const bare = host.replace(/:\d+$/, '');
  const place = {
    right: `//${host}${path}`,
    'no slash': `//${host}${path.replace(/\/$/, '')}`,
    'no port': `//${bare}${path}`,
    'other host': `//old.${host}${path}`,
    'other path': `//${host}/other/`,
    parent: `//${host}/`,
    auth: `//${host}${path}`,
    login: `//${host}${path}`,
  };
  const keys =
    state.key === 'none'
      ? []
      : state.key === 'bare'
        ? [`_authToken=${reference}`]
        : state.key === 'auth'
          ? [`${place.auth}:_auth=${reference}`]
          : state.key === 'login'
            ? [`${place.login}:username=bob`, `${place.login}:_password=${reference}`]
            : [`${place[state.key]}:_authToken=${reference}`];
  const lines = {
    right: [`@corp:registry=${url}`],
    default: [`registry=${url}`],
    none: [],
    'ignored file': [],
  };
  return `${[...lines[state.line], ...keys, ...coverOf(state, reference)].join('\n')}\n`;
}

function coverOf(state: State, reference: string): readonly string[] {
  const { name, version } = clientOf(state);
  if (!state.covered) return [];
  const tarball = tarballOf({ product: state.product, tarballs: state.tarballs }, '1.4.0');
  const { host } = new URL(tarball);
  const secret = state.key === 'auth' ? '_auth' : '_authToken';
  const keys =
    state.key === 'login'
      ? [`//${host}/:username=bob`, `//${host}/:_password=${reference}`]
      : [`//${host}/:${secret}=${reference}`];
  return [...keys, ...(name === 'npm' && version.startsWith('12.') ? ['allow-remote=all'] : [])];
}

function yarnrc(state: State): string {
  const url = registryOf(state);
  const reference = `"\${${variableOf(state)}-}"`;
  const lines = ['nodeLinker: node-modules'];
  const token =
    state.key === 'auth' || state.key === 'login'
      ? `npmAuthIdent: "bob:\${${variableOf(state)}-}"`
      : `npmAuthToken: ${reference}`;
  if (state.line === 'default') lines.push(`npmRegistryServer: "${url}"`);
  const inside =
    ['right', 'no slash', 'auth', 'login'].includes(state.key) && state.line !== 'default'
      ? [`    ${token}`]
      : [];
  const mapped = state.line === 'right' ? [`    npmRegistryServer: "${url}"`] : [];
  if (inside.length + mapped.length > 0) lines.push('npmScopes:', '  corp:', ...mapped, ...inside);
  if (state.line === 'default' && ['right', 'no slash', 'auth', 'login', 'bare'].includes(state.key))
    lines.push(token);
  const { host, origin } = new URL(url);
  const other = {
    'other host': `//old.${host}${url.slice(origin.length)}`,
    'other path': `//${host}/other/`,
    parent: `//${host}/`,
    'no port': `//${host.replace(/:\d+$/, '')}${url.slice(origin.length)}`,
  }[state.key as 'parent'];
  if (other) lines.push('npmRegistries:', `  "${other}":`, `    ${token}`);
  if (state.key === 'bare' && state.line !== 'default') lines.push(token);
  return `${lines.join('\n')}\n`;
}

/** The tarball that the lockfile names; `null` without one. */
export function lockedTarball(state: State): string | null {
  if (state.lock === 'none') return null;
  if (state.lock === 'public') return `https://registry.${'npmjs'}.org/${packageName}/-/ui-1.4.0.tgz`;
  const own = tarballOf(state, '1.4.0');
  return state.lock === 'right' ? own : `${oldHost}${new URL(own).pathname}`;
}

function lockOf(state: State): Readonly<Record<string, string>> {
  const tarball = lockedTarball(state);
  const { name } = clientOf(state);
  if (tarball === null) return {};
  switch (name) {
    case 'npm':
      return {
        'package-lock.json': `${JSON.stringify({ name: 'my-project', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'my-project', version: '1.0.0', dependencies: { [packageName]: '^1.0.0' } }, [`node_modules/${packageName}`]: { version: '1.4.0', resolved: tarball } } }, null, 2)}\n`,
      };
    case 'pnpm':
      return {
        'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      '${packageName}':\n        specifier: ^1.0.0\n        version: 1.4.0\n\npackages:\n\n  '${packageName}@1.4.0':\n    resolution: {tarball: ${tarball}}\n\nsnapshots:\n\n  '${packageName}@1.4.0': {}\n`,
      };
    case 'yarn':
      return {
        'yarn.lock': `# yarn lockfile v1\n\n\n"${packageName}@^1.0.0":\n  version "1.4.0"\n  resolved "${tarball}#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n`,
      };
    case 'yarn-berry':
      return {
        'yarn.lock': `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n"${packageName}@npm:^1.0.0":\n  version: 1.4.0\n  resolution: "${packageName}@npm:1.4.0::__archiveUrl=${encodeURIComponent(tarball)}"\n  languageName: node\n  linkType: hard\n\n"my-project@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "my-project@workspace:."\n  dependencies:\n    "${packageName}": "npm:^1.0.0"\n  languageName: unknown\n  linkType: soft\n`,
      };
    case 'bun':
      return {
        'bun.lock': `${JSON.stringify({ lockfileVersion: 1, workspaces: { '': { name: 'my-project', dependencies: { [packageName]: '^1.0.0' } } }, packages: { [packageName]: [`${packageName}@1.4.0`, tarball, {}, ''] } }, null, 2)}\n`,
      };
  }
}

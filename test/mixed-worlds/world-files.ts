import { jobVariables, type Scenario } from '../../src/demo/scenario.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { lockfilesOf } from './lock-files.ts';
import {
  allLines,
  at,
  literalToken,
  type MixedDependency,
  type MixedKey,
  type MixedWorld,
  nameOf,
  registryUrl,
} from './mixed-world.ts';
import { consumer } from './world-model.ts';

const sections = {
  prod: 'dependencies',
  dev: 'devDependencies',
  optional: 'optionalDependencies',
  peer: 'peerDependencies',
} as const;

/** The job and the checkout of a world. */
export function scenarioOf(world: MixedWorld): Scenario {
  const [server] = world.servers;
  if (!server) throw new Error('no server');
  return {
    name: 'mixed',
    story: 'a world of many packages',
    url: server.url,
    gitlab: gitlab(),
    env: {
      ...jobVariables({
        url: server.url,
        version: `${server.version}.1`,
        project: consumer.path,
        projectId: consumer.id,
        user: 'alice',
        token: null,
      }),
      ...Object.fromEntries(world.tokens.map(({ variable, value, set }) => [variable, set ? value : ''])),
    },
    files: filesOf(world),
    home: {},
    npm: world.client.version,
    client: world.client,
    command: 'verify',
  };
}

/** The files of the checkout. */
export function filesOf(world: MixedWorld): Readonly<Record<string, string>> {
  return { ...manifestsOf(world), ...configOf(world), ...(world.locked ? lockfilesOf(world) : {}) };
}

function manifestsOf(world: MixedWorld): Readonly<Record<string, string>> {
  const { client, dependencies } = world;
  const web = dependencies.some(({ folder }) => folder !== '');
  const root = {
    name: 'my-project',
    version: '1.0.0',
    private: true,
    ...(web && client.name !== 'pnpm' ? { workspaces: ['packages/*'] } : {}),
    ...sectionsOf(world, ''),
  };
  return {
    'package.json': text(root),
    ...(client.name === 'pnpm'
      ? { 'pnpm-workspace.yaml': web ? "packages:\n  - 'packages/*'\n" : 'packages: []\n' }
      : {}),
    ...(client.name === 'yarn' && !world.locked ? { 'yarn.lock': '# yarn lockfile v1\n' } : {}),
    ...(client.name === 'yarn-berry' && !world.locked ? { 'yarn.lock': '__metadata:\n  version: 8\n' } : {}),
    ...(client.name === 'bun' && !world.locked ? { 'bunfig.toml': '' } : {}),
    ...(web
      ? {
          'packages/web/package.json': text({
            name: 'web',
            version: '1.0.0',
            private: true,
            ...sectionsOf(world, 'packages/web'),
          }),
        }
      : {}),
  };
}

/** The sections of a manifest. */
export function sectionsOf(
  world: MixedWorld,
  folder: MixedDependency['folder'],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const found: Record<string, Record<string, string>> = {};
  for (const dependency of world.dependencies) {
    if (dependency.folder !== folder) continue;
    const section = sections[dependency.kind];
    found[section] = { ...found[section], [installName(world, dependency)]: requestedOf(world, dependency) };
  }
  return found;
}

export function installName(world: MixedWorld, { alias, package: index }: MixedDependency): string {
  return alias ?? nameOf(world, index);
}

export function requestedOf(world: MixedWorld, { alias, range, package: index }: MixedDependency): string {
  return alias === null ? range : `npm:${nameOf(world, index)}@${range}`;
}

/** The configuration files, for clients and the truth alike. */
export function configOf(world: MixedWorld): Readonly<Record<string, string>> {
  return world.client.name === 'yarn-berry' ? { '.yarnrc.yml': yarnrc(world) } : { '.npmrc': npmrc(world) };
}

function npmrc(world: MixedWorld): string {
  const { client, extras } = world;
  const lines = allLines(world)
    .filter(({ there }) => there)
    .map((line) => `${line.scope}:registry=${registryUrl(world, line)}`);
  const keys = world.keys.flatMap((key) => {
    const value = tokenText(world, key);
    if (value === null) return [];
    const { host } = new URL(at(world.servers, key.server).url);
    return [`//${key.state === 'other-host' ? `old.${host}` : host}${key.at}:_authToken=${value}`];
  });
  const more = [
    ...(extras && client.name === 'npm' && client.version.startsWith('12.') ? ['allow-remote=all'] : []),
    ...(client.name === 'yarn' ? ['always-auth=true'] : []),
  ];
  return `${[...lines, ...keys, ...more].join('\n')}\n`;
}

function tokenText(world: MixedWorld, { state, token }: MixedKey): string | null {
  if (state === 'missing') return null;
  return state === 'literal' ? literalToken : `\${${at(world.tokens, token).variable}}`;
}

/** Yarn 2+ keeps the credential of a scope beside its registry; `${VARIABLE-}` where it is unset. */
function yarnrc(world: MixedWorld): string {
  const lines = ['nodeLinker: node-modules', 'npmScopes:'];
  for (const line of allLines(world)) {
    const key = world.keys.find(({ at: place }) => place === ownScope(world, line.scope));
    const value = key && tokenText(world, key);
    const inside = [
      ...(line.there ? [`    npmRegistryServer: "${registryUrl(world, line)}"`] : []),
      ...(value ? [`    npmAuthToken: "${value.replace('}', '-}')}"`] : []),
    ];
    if (inside.length > 0) lines.push(`  ${line.scope.slice(1)}:`, ...inside);
  }
  if (lines.at(-1) === 'npmScopes:') lines.pop();
  if (world.extras && hasAgeGate(world)) {
    const scopes = allLines(world).map(({ scope }) => `"${scope}/*"`);
    lines.push(`npmPreapprovedPackages: [${scopes.join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

/** The scope whose credential a scope has: a moved package keeps that of its old one. */
function ownScope(world: MixedWorld, scope: string): string {
  const moved = /^@moved-(\d+)$/.exec(scope)?.[1];
  return moved === undefined ? scope : at(world.packages, Number(moved)).scope;
}

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Yarn from 4.10 on knows the setting, and needs it from 4.15 on. */
function hasAgeGate({ client }: MixedWorld): boolean {
  return client.name === 'yarn-berry' && Number(client.version.split('.')[1]) >= 10;
}

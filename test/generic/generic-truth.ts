import semver from 'semver';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { ClientModel } from '../../src/domain/client.ts';
import { authorizationOf } from '../../src/domain/credential.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import { isPublicRegistry } from '../../src/domain/public-registry.ts';
import { credentialHeader } from '../../src/io/authorization-header.ts';
import { clientModules } from '../support/client-modules.ts';
import { genericReply, packageName } from './generic-server.ts';
import { clientOf, lockedTarball, type State, type StateWorld, serverOf, worldOf } from './generic-state.ts';

/** How far an install gets: 1 asks no server or a public one, 2 metadata refused, 3 no version, 4 tarball refused, 5 whole. */
export type Step = 1 | 2 | 3 | 4 | 5;

export interface Fetched {
  step: Step;
  said: string;
}

export function modelOf(world: StateWorld): ClientModel {
  const place = scenarioWorld(world, '0', (origin) => origin);
  return clientModules[world.client.name].resolve(
    {
      projectDirectory: place.directory,
      workspaceRoot: place.directory,
      workspaceFolders: [],
      home: place.home,
      env: place.env,
      platform: place.platform,
      files: place.files,
      globalConfig: null,
    },
    { ...world.client, known: 'installed' },
  );
}

/** How far an install of a world gets at the server of a state. */
export function fetched(state: State, world: StateWorld = worldOf(state)): Fetched {
  const client = modelOf(world);
  const dependency = dependencyOf(state);
  if (client.stop) return { step: 1, said: client.stop.code };
  const asks = client.asks(dependency);
  const registry = asks.registry ?? client.registryFor(packageName);
  let tarball = asks.tarball;
  let lender = client.tarballLender ? client.tarballLender(dependency, registry.url) : registry.url;
  if (asks.metadata) {
    if (registry.url === null || isPublicRegistry(registry.url)) return { step: 1, said: 'public' };
    const reply = get(state, client, client.metadataUrl(registry.url, packageName), registry.url);
    if (reply.status !== 200) return { step: 2, said: `${reply.status} ${reply.text}` };
    const { versions } = JSON.parse(reply.text) as {
      versions: Record<string, { dist: { tarball: string } }>;
    };
    const wanted = asks.byRange || !dependency.locked ? '^1.0.0' : dependency.locked.version;
    const version = Object.keys(versions)
      .filter((one) => semver.satisfies(one, wanted))
      .at(-1);
    const named = version === undefined ? null : (versions[version]?.dist.tarball ?? null);
    if (named === null) return { step: 3, said: 'no version' };
    if (tarball !== null && client.lockMismatch?.(tarball, named)) return { step: 3, said: 'mismatch' };
    if (tarball === null) {
      tarball = client.tarballUrl?.(named, registry.url) ?? named;
      lender = registry.url;
    }
  }
  if (tarball === null || isPublicRegistry(tarball)) return { step: 4, said: 'public' };
  if (client.refusesUrl?.(tarball, registry.url) ?? client.refusal(tarball, registry.url, dependency))
    return { step: 4, said: 'refused' };
  const reply = get(state, client, tarball, lender);
  return { step: reply.status === 200 ? 5 : 4, said: String(reply.status) };
}

function get(state: State, client: ClientModel, address: string, registry: string | null) {
  const credential = client.credentialFor(address, registry);
  // whatever this check keeps at home, the client sends
  const { home: _home, ...sends } = credential.kind === 'token' ? credential : { ...credential, home: '' };
  const header = credentialHeader(authorizationOf(sends as typeof credential, address));
  if (header.kind === 'unsendable') return { status: 0, text: '' };
  const sent = header.kind === 'header' && header.name === 'authorization' ? header.value : undefined;
  const reply = genericReply(serverOf(state), new URL(address), sent);
  const isStored = reply?.status === 302;
  return { status: isStored ? 200 : (reply?.status ?? 0), text: String(reply?.body ?? '') };
}

export function dependencyOf(state: State): Dependency {
  const tarball = lockedTarball(state);
  return {
    name: packageName,
    alias: null,
    kind: 'prod',
    requested: '^1.0.0',
    from: 'registry',
    locked:
      tarball === null
        ? null
        : { version: '1.4.0', tarball, integrity: null, source: { kind: 'default', why: '' } },
    source: { kind: 'default', why: '' },
    dependents: ['.'],
    reachedBy: [['prod']],
  };
}

export interface Mending {
  kind: string;
  apply(state: State): State;
}

/** What could be mended of a state, each by itself. */
export function mendingsOf(state: State): readonly Mending[] {
  const set = (kind: string, part: Partial<State>): Mending => ({
    kind,
    apply: (next) => ({ ...next, ...part }),
  });
  const kinds = { dead: 'token', narrow: 'narrow', unset: 'variable', job: 'token' } as const;
  const { name } = clientOf(state);
  return [
    ...(state.token === 'good' ? [] : [set(kinds[state.token], { token: 'good' })]),
    ...(['right', 'auth', 'login'].includes(state.key) ? [] : [set('key', { key: 'right' })]),
    ...(state.line === 'right' ? [] : [set('line', { line: 'right' })]),
    ...(state.versions === 'there'
      ? []
      : [set(state.versions === 'absent' ? 'publish' : 'version', { versions: 'there' })]),
    ...(state.lock === 'old host' || state.lock === 'public' ? [set('lock', { lock: 'right' })] : []),
    ...(state.covered ? [] : [set('cover', { covered: true })]),
    ...(state.tarballs === 'own' || state.tarballs === 'storage' ? [] : [set('cover', { tarballs: 'own' })]),
    ...(state.product === 'nexus without the realm'
      ? [
          set('password', { key: name === 'yarn-berry' ? 'login' : 'auth' }),
          set('password', { product: 'nexus' }),
        ]
      : []),
  ];
}

/** The union of all smallest sets of mendings after which the package is fetched. */
export function causesOf(state: State): readonly string[] {
  const all = mendingsOf(state);
  const sets: (readonly Mending[])[] = [];
  for (let size = 1; size <= 5; size++)
    for (const set of subsets(all, size)) {
      if (sets.some((found) => found.every((one) => set.includes(one)))) continue;
      if (fetched(set.reduce((next, { apply }) => apply(next), state)).step === 5) sets.push(set);
    }
  const { step, said } = fetched(state);
  const leading = all.filter(({ apply }) => {
    const next = fetched(apply(state));
    return next.step > step || (next.step === step && next.said !== said);
  });
  return [...new Set([...sets.flat(), ...leading].map(({ kind }) => kind))];
}

function* subsets<T>(all: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= all.length - size; index++)
    for (const rest of subsets(all, size - 1, index + 1)) yield [all[index] as T, ...rest];
}

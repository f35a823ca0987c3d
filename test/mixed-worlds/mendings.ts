import { isAtLeast } from '../../src/providers/gitlab/access-predicates.ts';
import {
  allLines,
  at,
  changed,
  holderOf,
  type MixedKey,
  type MixedPackage,
  type MixedWorld,
  nameOf,
  registryPath,
} from './mixed-world.ts';
import { consumer } from './world-model.ts';
import type { Needed } from './world-truth.ts';

/** What would mend one fault of a world. */
export type MendingKind =
  | 'line'
  | 'key'
  | 'literal'
  | 'variable'
  | 'token'
  | 'reach'
  | 'scope'
  | 'allowlist'
  | 'permission'
  | 'role'
  | 'registry'
  | 'outbound'
  | 'project'
  | 'publish'
  | 'version'
  | 'prefix'
  | 'lock'
  | 'alias'
  | 'extras';

/** `project` is the place of the project that it is about, `null` where it is about none. */
export interface AppliedMending {
  kind: MendingKind;
  what: string;
  project: number | null;
  apply(world: MixedWorld): MixedWorld;
}

/** What each cause says should be mended; a cause that is not here can't be true in these worlds. */
export const mendedBy: Readonly<Record<string, readonly MendingKind[]>> = {
  // a scope without a line is mapped where its packages are
  'scope-not-mapped': ['line', 'prefix'],
  'auth-key-missing': ['key'],
  'auth-key-mismatch': ['key'],
  'tarball-prefix-uncovered': ['key', 'alias', 'line'],
  'variable-unset': ['variable'],
  'token-missing': ['variable', 'key'],
  // whatever a token was revoked for, one that reads everything takes its place
  'token-rejected': ['token', 'literal', 'reach'],
  // NP204 says of a deploy token that it lacks the scope or is of another place
  'token-scope-missing': ['scope', 'reach'],
  'token-kind-unsupported': ['reach'],
  'not-on-allowlist': ['allowlist'],
  'fine-grained-permission-missing': ['permission'],
  // NP302 says of a deploy token that it is of another place
  'role-missing': ['role', 'reach'],
  'registry-restricted': ['registry'],
  'outbound-limit': ['outbound'],
  'package-not-found': ['publish', 'project', 'prefix', 'lock'],
  'project-not-found': ['project', 'prefix', 'lock'],
  'version-not-found': ['version', 'project'],
  'forwarded-to-public': ['publish', 'project', 'prefix'],
  'scope-is-not-root-namespace': ['prefix'],
  'lockfile-pins-other-registry': ['lock'],
  'host-unresolved': ['lock'],
  'remote-tarball-refused': ['extras', 'prefix'],
  'release-age-gate': ['extras'],
};

/** Every mending that may bear on one package of a world and changes something. */
export function mendingsFor(world: MixedWorld, one: Needed): readonly AppliedMending[] {
  const projects = relevantProjects(world, one);
  return [
    ...configMendings(world, one, projects),
    ...tokenMendings(world, one),
    ...projects.flatMap((project) => projectMendings(world, project)),
    ...packageMendings(world, one),
  ];
}

function relevantProjects(world: MixedWorld, { package: index, asked }: Needed): readonly number[] {
  const { versions, home } = at(world.packages, index);
  const scope = nameOf(world, index).split('/')[0];
  const line = allLines(world).find((found) => found.scope === scope);
  return [
    ...new Set([
      home,
      ...versions.map(({ project }) => project),
      ...(line?.to.kind === 'project' ? [line.to.project] : []),
      ...(world.locked && asked.lock ? [asked.lock.project] : []),
    ]),
  ];
}

function configMendings(
  world: MixedWorld,
  { package: index }: Needed,
  projects: readonly number[],
): readonly AppliedMending[] {
  const { scope } = at(world.packages, index);
  const found: AppliedMending[] = [];
  const line = world.lines.findIndex((one) => one.scope === scope);
  const own = world.lines[line];
  if (own && !own.there)
    found.push({
      kind: 'line',
      what: `line ${scope}`,
      project: null,
      apply: (next) => ({ ...next, lines: changed(next.lines, line, { there: true }) }),
    });
  const paths = [
    ...(own ? [registryPath(world, own)] : []),
    ...projects.map((project) => `/api/v4/projects/${at(world.projects, project).id}/packages/npm/`),
  ];
  world.keys.forEach((key, place) => {
    const covers = key.at === scope || paths.some((path) => path.startsWith(key.at));
    // Bun takes the keys of other places of the same host as well
    const isSent = key.state === 'literal' && key.server === (own?.server ?? 0);
    if (key.state === 'there' || !(covers || isSent)) return;
    found.push({
      kind: key.state === 'literal' ? 'literal' : 'key',
      what: `key ${key.at}`,
      project: null,
      apply: (next) => ({ ...next, keys: changed(next.keys, place, { state: 'there' }) }),
    });
  });
  const added = missingKeys(world, own?.server ?? 0, [...new Set(paths)]);
  if (added.length > 0)
    found.push({
      kind: 'key',
      what: `keys of their own for ${scope}`,
      project: null,
      apply: (next) => ({
        ...next,
        keys: [...next.keys, ...missingKeys(next, own?.server ?? 0, [...new Set(paths)])],
      }),
    });
  if (!world.extras)
    found.push({
      kind: 'extras',
      what: 'extras',
      project: null,
      apply: (next) => ({ ...next, extras: true }),
    });
  return found;
}

/** A key for every place that has none of its own: clients differ in which places a wider one covers. */
function missingKeys(world: MixedWorld, server: number, paths: readonly string[]): readonly MixedKey[] {
  if (world.client.name === 'yarn-berry') return [];
  return paths
    .filter((path) => !world.keys.some((key) => key.server === server && key.at === path))
    .map((path) => {
      const wider = world.keys.find((key) => key.server === server && path.startsWith(key.at));
      const other = world.keys.find((key) => key.server === server);
      const any = world.tokens.findIndex((token) => token.server === server);
      return { server, at: path, token: (wider ?? other)?.token ?? any, state: 'there' };
    });
}

function tokenMendings(world: MixedWorld, { package: index }: Needed): readonly AppliedMending[] {
  const { scope } = at(world.packages, index);
  const { server } = world.lines.find((line) => line.scope === scope) ?? { server: 0 };
  const used = new Set(
    world.keys.filter((key) => key.at.startsWith('/') || key.at === scope).map(({ token }) => token),
  );
  return [...used].flatMap((place): readonly AppliedMending[] => {
    const token = at(world.tokens, place);
    const mending = (kind: MendingKind, part: Partial<typeof token>): AppliedMending => ({
      kind,
      what: `${kind} ${token.variable}`,
      project: null,
      apply: (next) => ({ ...next, tokens: changed(next.tokens, place, part) }),
    });
    const foreign = token.server !== server && !token.everywhere;
    return [
      ...(token.set ? [] : [mending('variable', { set: true, alive: true, narrow: false })]),
      ...(foreign ? [mending('token', { everywhere: true })] : []),
      ...(!foreign && !token.alive && token.set ? [mending('token', { alive: true })] : []),
      ...(token.narrow && token.set ? [mending('scope', { narrow: false })] : []),
      ...(token.kind === 'deploy' && !token.everywhere ? [mending('reach', { everywhere: true })] : []),
    ];
  });
}

function projectMendings(world: MixedWorld, place: number): readonly AppliedMending[] {
  const project = at(world.projects, place);
  const { allowlist, registry, roles, exists, path } = project;
  const server = at(world.servers, project.server);
  const mending = (kind: MendingKind, part: Partial<typeof project>, what = ''): AppliedMending => ({
    kind,
    what: `${kind} ${path}${what}`,
    project: place,
    apply: (next) => ({
      ...next,
      projects: changed(
        next.projects,
        place,
        typeof part.roles === 'object' ? withRoles(next, place, part.roles) : part,
      ),
    }),
  });
  const found: AppliedMending[] = [];
  if (!exists) found.push(mending('project', { exists: true }));
  if (registry === 'disabled' || registry === 'private')
    found.push(mending('registry', { registry: 'enabled' }));
  for (const user of ['alice', 'bob', 'group_bot'] as const) {
    if (isAtLeast(roles[user], 'reporter')) continue;
    if (!world.tokens.some((token) => token.user === user && token.kind !== 'deploy')) continue;
    found.push(mending('role', { roles: { [user]: 'reporter' } as typeof roles }, ` ${user}`));
  }
  if (project.server === 0 && path !== consumer.path) {
    const off = allowlist === 'off' && server.enforced;
    if (off || allowlist === 'none' || allowlist === 'wrong-direction')
      found.push(mending('allowlist', { allowlist: 'project' }));
    if (allowlist === 'without-permission') found.push(mending('permission', { allowlist: 'project' }));
    if (world.outbound !== 'off' && !world.outbound.includes(place))
      found.push({
        kind: 'outbound',
        what: `outbound ${path}`,
        project: place,
        apply: (next) => ({ ...next, outbound: next.outbound === 'off' ? 'off' : [...next.outbound, place] }),
      });
  }
  return found;
}

function withRoles(world: MixedWorld, place: number, roles: MixedWorld['projects'][number]['roles']) {
  return { roles: { ...at(world.projects, place).roles, ...roles } };
}

/** The projects that the registry line and the lockfile name, and those that hold another version. */
function placesAsked(world: MixedWorld, { package: index, asked }: Needed): readonly number[] {
  const scope = nameOf(world, index).split('/')[0];
  const line = allLines(world).find((found) => found.scope === scope);
  return [
    ...new Set([
      ...(line?.to.kind === 'project' ? [line.to.project] : []),
      ...(world.locked && asked.lock ? [asked.lock.project] : []),
      ...at(world.packages, index).versions.map(({ project }) => project),
    ]),
  ];
}

function packageMendings(world: MixedWorld, one: Needed): readonly AppliedMending[] {
  const { package: index, asked } = one;
  const found = at(world.packages, index);
  const what = `${found.scope}/${found.base}`;
  const ofPackage = (
    kind: MendingKind,
    part: (now: MixedPackage) => Partial<MixedPackage>,
  ): AppliedMending => ({
    kind,
    what: `${kind} ${what}`,
    project: null,
    apply: (next) => ({
      ...next,
      packages: changed(next.packages, index, part(at(next.packages, index))),
    }),
  });
  const mendings: AppliedMending[] = [];
  const wanted = asked.version;
  const inHome = found.versions.some(({ version, project }) => version === wanted && project === found.home);
  const publish = ({ versions, home }: MixedPackage): Partial<MixedPackage> => ({
    versions: [
      ...versions.filter(({ version, project }) => version !== wanted || project !== home),
      { version: wanted, project: home, gone: false, deprecated: false },
    ],
  });
  if (!inHome) mendings.push(ofPackage(found.versions.length === 0 ? 'publish' : 'version', publish));
  // where other versions are at home, no package and no version of it are the same mending
  if (!inHome && found.versions.length > 0) mendings.push(ofPackage('publish', publish));
  for (const place of placesAsked(world, one)) {
    if (
      place === found.home ||
      found.versions.some((version) => version.version === wanted && version.project === place)
    )
      continue;
    for (const kind of ['publish', 'version'] as const)
      mendings.push(
        ofPackage(kind, ({ versions }) => ({
          versions: [...versions, { version: wanted, project: place, gone: false, deprecated: false }],
        })),
      );
  }
  for (const { gone, version, project } of found.versions) {
    if (!gone || version !== wanted) continue;
    mendings.push({
      ...ofPackage('version', (now) => ({
        versions: now.versions.map((one) =>
          one.version === version && one.project === project ? { ...one, gone: false } : one,
        ),
      })),
      project,
    });
  }
  const { place } = one;
  if (place !== null && world.client.name === 'yarn' && asked.alias !== null && !asked.alias.startsWith('@'))
    mendings.push({
      kind: 'alias',
      what: `alias ${asked.alias}`,
      project: null,
      apply: (next) => ({
        ...next,
        dependencies: changed(next.dependencies, place, {
          alias: `${nameOf(next, index).split('/')[0]}/${asked.alias}`,
        }),
      }),
    });
  if (asked.range === 'next' && found.next === null)
    mendings.push(ofPackage('version', () => ({ next: wanted })));
  if (!found.moved)
    mendings.push({
      kind: 'prefix',
      what: `prefix ${what}`,
      project: null,
      apply: (next) => ({
        ...next,
        packages: changed(next.packages, index, { moved: true }),
        dependencies: next.dependencies.map((dependency) =>
          dependency.package === index && dependency.lock !== null
            ? { ...dependency, lock: { project: holderOf(next, index), host: dependency.lock.host } }
            : dependency,
        ),
      }),
    });
  if (world.locked && asked.lock !== null) {
    const holder = holderOf(world, index, asked.version);
    if (asked.lock.project !== holder || asked.lock.host !== 'own') {
      if (place !== null)
        mendings.push({
          kind: 'lock',
          what: `lock ${what}`,
          project: null,
          apply: (next) => ({
            ...next,
            dependencies: changed(next.dependencies, place, {
              lock: { project: holderOf(next, index, asked.version), host: 'own' },
            }),
          }),
        });
    }
  }
  return mendings;
}

import {
  at,
  holderOf,
  type MixedDependency,
  type MixedNeed,
  type MixedWorld,
  nameOf,
  otherHost,
  tarballUrl,
} from './mixed-world.ts';
import { installName, requestedOf, sectionsOf } from './world-files.ts';
import { bundles } from './world-truth.ts';

/** One package of a lockfile. `key` is the name that it is installed under. */
interface Entry {
  key: string;
  folder: string;
  name: string;
  asked: string;
  version: string;
  tarball: string;
  optional: boolean;
  dev: boolean;
  peer: boolean;
  needs: readonly { name: string; range: string; how: MixedNeed['how']; version: string }[];
}

/** The version that a package's dependants get: the one that is wanted of it. */
function neededVersion(world: MixedWorld, index: number): string {
  return at(world.packages, index).wanted;
}

/** What the lockfile says of a package that another one needs: one entry of a version serves all that ask for it. */
export function neededLock(world: MixedWorld, index: number): NonNullable<MixedDependency['lock']> {
  const wanted = neededVersion(world, index);
  const direct = world.dependencies.find(
    (one) => one.package === index && one.version === wanted && one.lock,
  );
  return direct?.lock ?? { project: holderOf(world, index), host: 'own' };
}

/** The tarball that the lockfile names for a dependency. */
export function lockedTarball(
  world: MixedWorld,
  { package: index, version, lock }: Pick<MixedDependency, 'package' | 'version' | 'lock'>,
): string | null {
  if (!world.locked || lock === null) return null;
  const url = tarballUrl(world, index, version, lock.project);
  return lock.host === 'own' ? url : `${otherHost}${new URL(url).pathname}`;
}

/** `optional`, `dev` and `peer` only of what nothing else needs, as the clients write it. */
function entriesOf(world: MixedWorld): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (entry: Entry) => {
    const known = entries.findIndex(({ key, folder }) => key === entry.key && folder === entry.folder);
    const before = entries[known];
    if (before === undefined) entries.push(entry);
    else
      entries[known] = {
        ...before,
        optional: before.optional && entry.optional,
        dev: before.dev && entry.dev,
        peer: before.peer && entry.peer,
      };
  };
  const needsOf = (index: number): Entry['needs'] =>
    at(world.packages, index).needs.map(({ package: needed, range, how }) => ({
      name: nameOf(world, needed),
      range,
      how,
      version: neededVersion(world, needed),
    }));
  for (const dependency of world.dependencies) {
    const tarball = lockedTarball(world, dependency);
    if (tarball === null) continue;
    const { kind, package: index, version } = dependency;
    add({
      key: installName(world, dependency),
      folder: dependency.folder,
      name: nameOf(world, index),
      asked: requestedOf(world, dependency),
      version,
      tarball,
      optional: kind === 'optional',
      dev: kind === 'dev',
      peer: kind === 'peer',
      needs: needsOf(index),
    });
  }
  // what is needed after all needs what it asks for, too
  for (let before = ''; before !== JSON.stringify(entries); ) {
    before = JSON.stringify(entries);
    for (let next = 0; next < entries.length; next++) addNeeds(at(entries, next));
  }
  return entries;

  function addNeeds(parent: Entry) {
    for (const { name, range, how } of parent.needs) {
      if (how === 'bundled' && bundles(world)) continue;
      const index = world.packages.findIndex((_one, place) => nameOf(world, place) === name);
      const isBeside = entries.some(({ key, folder }) => key === name && folder === parent.folder);
      add({
        key: name,
        folder: isBeside ? parent.folder : '',
        name,
        asked: range,
        version: neededVersion(world, index),
        tarball:
          lockedTarball(world, {
            package: index,
            version: neededVersion(world, index),
            lock: neededLock(world, index),
          }) ?? '',
        optional: parent.optional || how === 'optional',
        dev: parent.dev,
        peer: parent.peer,
        needs: needsOf(index),
      });
    }
  }
}

/** The lockfile of a world, by its client. */
export function lockfilesOf(world: MixedWorld): Readonly<Record<string, string>> {
  const entries = entriesOf(world);
  switch (world.client.name) {
    case 'npm':
      return { 'package-lock.json': packageLock(world, entries) };
    case 'pnpm':
      return { 'pnpm-lock.yaml': pnpmLock(world, entries) };
    case 'yarn':
      return { 'yarn.lock': yarnLock(entries) };
    case 'yarn-berry':
      return { 'yarn.lock': berryLock(world, entries) };
    case 'bun':
      return { 'bun.lock': bunLock(world, entries) };
  }
}

function hasWeb(world: MixedWorld): boolean {
  return world.dependencies.some(({ folder }) => folder !== '');
}

function ranges(needs: Entry['needs'], optional: boolean): Record<string, string> {
  return Object.fromEntries(
    needs.filter(({ how }) => (how === 'optional') === optional).map(({ name, range }) => [name, range]),
  );
}

function packageLock(world: MixedWorld, entries: readonly Entry[]): string {
  const packages: Record<string, unknown> = {
    '': {
      name: 'my-project',
      version: '1.0.0',
      ...(hasWeb(world) ? { workspaces: ['packages/*'] } : {}),
      ...sectionsOf(world, ''),
    },
  };
  if (hasWeb(world)) {
    packages['node_modules/web'] = { resolved: 'packages/web', link: true };
    packages['packages/web'] = { name: 'web', version: '1.0.0', ...sectionsOf(world, 'packages/web') };
  }
  for (const { key, folder, name, version, tarball, optional, dev, peer, needs } of entries) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${key}`;
    packages[place] = {
      ...(key === name ? {} : { name }),
      version,
      resolved: tarball,
      ...(optional ? { optional } : {}),
      ...(dev ? { dev } : {}),
      ...(peer ? { peer } : {}),
      dependencies: ranges(needs, false),
      optionalDependencies: ranges(needs, true),
      bundleDependencies: needs.filter(({ how }) => how === 'bundled').map((need) => need.name),
    };
    for (const need of needs.filter(({ how }) => how === 'bundled')) {
      packages[`${place}/node_modules/${need.name}`] = { version: need.version, inBundle: true };
    }
  }
  return `${JSON.stringify({ name: 'my-project', version: '1.0.0', lockfileVersion: 3, requires: true, packages }, null, 2)}\n`;
}

function pnpmLock(world: MixedWorld, entries: readonly Entry[]): string {
  const lines = ["lockfileVersion: '9.0'", '', 'importers:', ''];
  for (const folder of hasWeb(world) ? (['', 'packages/web'] as const) : ([''] as const)) {
    lines.push(`  ${folder === '' ? '.' : folder}:`);
    const known = Object.entries(sectionsOf(world, folder));
    // peers of a manifest are locked among its dependencies
    const merged = new Map<string, [string, string][]>();
    for (const [section, asked] of known) {
      const place = section === 'peerDependencies' ? 'dependencies' : section;
      merged.set(place, [...(merged.get(place) ?? []), ...Object.entries(asked)]);
    }
    for (const [section, asked] of merged) {
      const locked = asked.flatMap(([key, range]) => {
        const entry = entries.find((one) => one.key === key && one.folder === folder);
        if (!entry) return [];
        const version = key === entry.name ? entry.version : `'${entry.name}@${entry.version}'`;
        return [`      '${key}':`, `        specifier: '${range}'`, `        version: ${version}`];
      });
      if (locked.length > 0) lines.push(`    ${section}:`, ...locked);
    }
    lines.push('');
  }
  const unique = [...new Map(entries.map((entry) => [`${entry.name}@${entry.version}`, entry])).values()];
  lines.push('packages:', '');
  for (const { name, version, tarball } of unique) {
    lines.push(`  '${name}@${version}':`, `    resolution: {tarball: ${tarball}}`, '');
  }
  lines.push('snapshots:', '');
  for (const entry of unique) {
    const all = entries.filter(({ name, version }) => name === entry.name && version === entry.version);
    const body = [
      ...(all.every(({ optional }) => optional) ? ['    optional: true'] : []),
      ...needLines(
        'dependencies',
        entry.needs.filter(({ how }) => how === 'prod'),
      ),
      ...needLines(
        'optionalDependencies',
        entry.needs.filter(({ how }) => how === 'optional'),
      ),
    ];
    lines.push(`  '${entry.name}@${entry.version}':${body.length > 0 ? '' : ' {}'}`, ...body, '');
  }
  return lines.join('\n');
}

function needLines(section: string, needs: Entry['needs']): readonly string[] {
  if (needs.length === 0) return [];
  return [`    ${section}:`, ...needs.map(({ name, version }) => `      '${name}': ${version}`)];
}

function yarnLock(entries: readonly Entry[]): string {
  const blocks = grouped(entries, ({ key, asked }) => `"${key}@${asked}"`).map(([keys, entry]) =>
    [
      `${keys.join(', ')}:`,
      `  version "${entry.version}"`,
      `  resolved "${entry.tarball}#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
      ...yarnNeeds('dependencies', ranges(entry.needs, false)),
      ...yarnNeeds('optionalDependencies', ranges(entry.needs, true)),
      '',
    ].join('\n'),
  );
  return `# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n\n\n${blocks.join('\n')}`;
}

function yarnNeeds(section: string, needs: Readonly<Record<string, string>>): readonly string[] {
  const all = Object.entries(needs);
  return all.length === 0 ? [] : [`  ${section}:`, ...all.map(([name, range]) => `    "${name}" "${range}"`)];
}

/** Entries of one package at one version and tarball, with the keys that ask for them. */
function grouped(entries: readonly Entry[], keyOf: (entry: Entry) => string): [string[], Entry][] {
  const found = new Map<string, [string[], Entry]>();
  for (const entry of entries) {
    const same = `${entry.name} ${entry.version} ${entry.tarball}`;
    const known = found.get(same);
    const key = keyOf(entry);
    if (known && !known[0].includes(key)) known[0].push(key);
    if (!known) found.set(same, [[key], entry]);
  }
  return [...found.values()];
}

function berryLock(world: MixedWorld, entries: readonly Entry[]): string {
  const blocks = grouped(
    entries,
    ({ key, asked }) => `${key}@${asked.startsWith('npm:') ? '' : 'npm:'}${asked}`,
  ).map(([keys, entry]) =>
    [
      `"${keys.join(', ')}":`,
      `  version: ${entry.version}`,
      `  resolution: "${entry.name}@npm:${entry.version}::__archiveUrl=${encodeURIComponent(entry.tarball)}"`,
      ...berryNeeds(entry.needs),
      '  languageName: node',
      '  linkType: hard',
      '',
    ].join('\n'),
  );
  const own = [
    '"my-project@workspace:.":',
    '  version: 0.0.0-use.local',
    '  resolution: "my-project@workspace:."',
    ...berrySections(world, ''),
    '  languageName: unknown',
    '  linkType: soft',
    '',
  ];
  const web = hasWeb(world)
    ? [
        '"web@workspace:packages/web":',
        '  version: 0.0.0-use.local',
        '  resolution: "web@workspace:packages/web"',
        ...berrySections(world, 'packages/web'),
        '  languageName: unknown',
        '  linkType: soft',
        '',
      ]
    : [];
  return `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${[...blocks, own.join('\n'), web.join('\n')].join('\n')}`;
}

function berrySections(world: MixedWorld, folder: MixedDependency['folder']): readonly string[] {
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = sectionsOf(world, folder);
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return all.length === 0
    ? []
    : [
        '  dependencies:',
        ...all.map(([name, range]) => `    "${name}": "${range.startsWith('npm:') ? '' : 'npm:'}${range}"`),
      ];
}

function berryNeeds(needs: Entry['needs']): readonly string[] {
  if (needs.length === 0) return [];
  const optional = needs.filter(({ how }) => how === 'optional');
  return [
    '  dependencies:',
    ...needs.map(({ name, range }) => `    "${name}": "npm:${range}"`),
    ...(optional.length > 0
      ? ['  dependenciesMeta:', ...optional.flatMap(({ name }) => [`    "${name}":`, '      optional: true'])]
      : []),
  ];
}

function bunLock(world: MixedWorld, entries: readonly Entry[]): string {
  const workspaces: Record<string, unknown> = { '': { name: 'my-project', ...sectionsOf(world, '') } };
  if (hasWeb(world)) workspaces['packages/web'] = { name: 'web', ...sectionsOf(world, 'packages/web') };
  const packages: Record<string, unknown> = hasWeb(world) ? { web: ['web@workspace:packages/web'] } : {};
  for (const { key, folder, name, version, tarball, needs } of entries) {
    packages[folder === '' ? key : `web/${key}`] = [
      `${name}@${version}`,
      tarball,
      {
        dependencies: ranges(needs, false),
        optionalDependencies: ranges(needs, true),
      },
      '',
    ];
  }
  return `${JSON.stringify({ lockfileVersion: 1, workspaces, packages }, null, 2)}\n`;
}

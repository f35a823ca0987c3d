import type { Role } from '../../src/domain/access-state.ts';
import { seeded, versions } from '../proof/proof-state.ts';
import {
  at,
  changed,
  type MixedDependency,
  type MixedKey,
  type MixedLine,
  type MixedNeed,
  type MixedPackage,
  type MixedProject,
  type MixedServer,
  type MixedToken,
  type MixedWorld,
} from './mixed-world.ts';
import { consumer } from './world-model.ts';

const clients: readonly MixedWorld['client'][] = [
  { name: 'npm', version: '10.9.2' },
  { name: 'npm', version: '10.9.2' },
  { name: 'npm', version: '11.6.2' },
  { name: 'npm', version: '12.2.0' },
  { name: 'pnpm', version: '10.13.1' },
  { name: 'pnpm', version: '11.0.0' },
  { name: 'yarn', version: '1.22.22' },
  { name: 'yarn-berry', version: '4.9.4' },
  { name: 'yarn-berry', version: '4.18.1' },
  { name: 'bun', version: '1.3.0' },
];
const bases = ['ui', 'tokens', 'icons', 'forms', 'grid', 'charts', 'auth', 'i18n'] as const;
const allRoots = ['acme', 'tools', 'design'] as const;

/** Choices by chance, the same for the same seed. */
class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
    // the first numbers of neighbouring seeds are alike
    for (let round = 0; round < 8; round++) this.#random();
  }

  chance(part: number): boolean {
    return this.#random() < part;
  }

  upTo(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  one<T>(list: readonly T[]): T {
    return at(list, Math.floor(this.#random() * list.length));
  }

  /** The first choice most of the time, as often as `part` one of the others. */
  mostly<T>(usual: T, part: number, others: readonly T[]): T {
    return this.chance(part) ? this.one(others) : usual;
  }
}

/** The world of a seed. */
export function drawWorld(seed: number): MixedWorld {
  const dice = new Dice(seed);
  /** How much is wrong in this world: most have few faults in several places. */
  const ill = dice.one([0.04, 0.1, 0.25, 0.5]);
  const client = dice.one(clients);
  const servers = drawServers(dice);
  const roots = allRoots.slice(0, dice.upTo(1, 3));
  const projects = drawProjects(dice, servers, roots, ill);
  const tokens = drawTokens(dice, servers, projects, ill);
  const packages = drawPackages(dice, projects, ill);
  const locked = dice.chance(0.5);
  const dependencies = drawDependencies(dice, client, packages, projects, locked, ill);
  const lines = drawLines(dice, servers, projects, packages, ill);
  const keys = drawKeys(dice, client, { servers, projects, tokens, lines }, ill);
  // the token of a running job is dead only where somebody replaced it for all
  const ofJobAlone = keys.every(({ token, state }) => token === 0 && state !== 'missing');
  const foreign = lines.some(({ there, scope }) => !there && scope !== '@acme');
  return {
    client,
    servers,
    projects,
    outbound: dice.chance(0.1) ? projects.flatMap((_, index) => (dice.chance(0.5) ? [index] : [])) : 'off',
    tokens: ofJobAlone ? tokens : changed(tokens, 0, { alive: true }),
    lines,
    keys,
    packages,
    dependencies,
    locked,
    scopesGiven: foreign || dice.chance(0.3),
    extras: !dice.chance(ill / 3),
  };
}

function drawServers(dice: Dice): readonly MixedServer[] {
  const server = (url: string): MixedServer => ({
    url,
    version: dice.one(versions),
    variant: dice.one(['V1', 'V2']),
    forwarding: dice.chance(0.5),
    policies: dice.chance(0.3),
    guestsMayPull: dice.chance(0.1),
    enforced: dice.chance(0.1),
  });
  const own = server('https://gitlab.example.com');
  return dice.chance(0.2) ? [own, server('https://git.partner.example')] : [own];
}

function drawProjects(
  dice: Dice,
  servers: readonly MixedServer[],
  roots: readonly string[],
  ill: number,
): readonly MixedProject[] {
  const projects: MixedProject[] = [];
  const count = dice.upTo(1, 5);
  for (let index = 0; index < count; index++) {
    const server = servers.length > 1 && (dice.chance(0.4) || (index > 0 && index === count - 1)) ? 1 : 0;
    const isOwn = server === 0 && dice.chance(0.04) && !projects.some(({ path }) => path === consumer.path);
    const below = dice.one(['', '', 'web/', 'web/lib/']);
    // now and then two projects bear one last name
    const last = dice.mostly<string>(at(bases, index), 0.15, ['ui']);
    const path = isOwn ? consumer.path : `${dice.one(roots)}/${below}${last}`;
    if (projects.some((other) => other.server === server && other.path === path)) continue;
    const role = () => dice.mostly<Role>('reporter', ill, ['none', 'none', 'guest']);
    projects.push({
      server,
      id: isOwn ? consumer.id : 320 + index - (server === 1 ? 1 : 0),
      path,
      exists: isOwn || !dice.chance(ill / 6),
      visibility: dice.mostly('private', 0.25, ['internal', 'public']),
      registry: dice.mostly('enabled', ill / 1.5, ['private', 'disabled', 'public']),
      allowlist: dice.mostly(dice.one(['project', 'group', 'project']), ill, [
        'none',
        'none',
        'wrong-direction',
        'without-permission',
        'off',
      ]),
      roles: {
        alice: isOwn ? 'developer' : role(),
        bob: role(),
        group_bot: role(),
      },
      repository: dice.mostly<MixedProject['repository']>('there', ill / 1.5, ['off', 'none']),
    });
  }
  return projects;
}

function drawTokens(
  dice: Dice,
  servers: readonly MixedServer[],
  projects: readonly MixedProject[],
  ill: number,
): readonly MixedToken[] {
  const fault = () => dice.chance(ill / 2);
  const token = (
    part: Pick<MixedToken, 'variable' | 'value' | 'server' | 'kind'> & Partial<MixedToken>,
  ): MixedToken => ({
    user: 'bob',
    project: 0,
    alive: !fault(),
    narrow: fault(),
    set: !fault(),
    everywhere: false,
    ...part,
  });
  const job = token({
    variable: 'CI_JOB_TOKEN',
    value: 'glcbt-64_job-token-of-the-world',
    server: 0,
    kind: 'job',
    user: 'alice',
    alive: !dice.chance(ill / 4),
    narrow: false,
    set: true,
  });
  const stored = servers.flatMap((_, server): readonly MixedToken[] => {
    const there = projects.flatMap((project, index) =>
      project.server === server && project.exists ? [index] : [],
    );
    return [
      token({
        variable: `NPM_TOKEN_${server}`,
        value: `glpat-personal-token-${server}`,
        server,
        kind: 'personal',
      }),
      token({
        variable: `GROUP_TOKEN_${server}`,
        value: `glpat-group-token-${server}`,
        server,
        kind: 'personal',
        user: 'group_bot',
      }),
      ...(there.length > 0
        ? [
            token({
              variable: `DEPLOY_TOKEN_${server}`,
              value: `gldt-deploy-token-${server}`,
              server,
              kind: 'deploy',
              project: dice.one(there),
            }),
          ]
        : []),
    ];
  });
  return [job, ...stored];
}

function drawPackages(dice: Dice, projects: readonly MixedProject[], ill: number): readonly MixedPackage[] {
  const count = dice.upTo(2, 8);
  const packages: MixedPackage[] = [];
  for (let index = 0; index < count; index++) {
    const home = dice.upTo(0, projects.length - 1);
    const { path, server } = at(projects, home);
    const root = path.split('/')[0] ?? path;
    const scope = server === 1 ? '@partner' : `@${dice.mostly(root, 0.15, ['kit'])}`;
    const wanted = '1.4.0';
    const elsewhere = () => {
      const same = projects.flatMap((project, place) => (project.server === server ? [place] : []));
      return dice.one(same);
    };
    const version = (text: string, project: number): MixedPackage['versions'][number] => ({
      version: text,
      project,
      gone: dice.chance(ill / 8),
      deprecated: dice.chance(0.06),
    });
    const published = dice.mostly<'fits' | 'older' | 'nothing' | 'elsewhere' | 'both' | 'split'>(
      'fits',
      ill / 1.5,
      ['older', 'nothing', 'elsewhere', 'both', 'split'],
    );
    const versions = {
      fits: () =>
        dice.chance(0.3) ? [version('0.9.0', home), version(wanted, home)] : [version(wanted, home)],
      older: () => [version('0.9.0', home)],
      nothing: () => [],
      elsewhere: () => [version(wanted, elsewhere())],
      both: () => [version(wanted, home), version(wanted, elsewhere())],
      split: () => [version(wanted, home), version('0.9.0', elsewhere())],
    }[published]();
    const needs: MixedNeed[] = [];
    if (index > 0 && dice.chance(0.3)) {
      const needed = dice.upTo(0, index - 1);
      needs.push({
        package: needed,
        range: '^1.0.0',
        how: dice.mostly<MixedNeed['how']>('prod', 0.3, ['optional', 'bundled']),
      });
    }
    packages.push({
      scope,
      base: at(bases, index),
      home,
      wanted,
      versions,
      next: dice.chance(0.5) && versions.some((one) => one.version === wanted) ? wanted : null,
      needs,
      moved: false,
    });
  }
  return packages;
}

function drawDependencies(
  dice: Dice,
  client: MixedWorld['client'],
  packages: readonly MixedPackage[],
  projects: readonly MixedProject[],
  locked: boolean,
  ill: number,
): readonly MixedDependency[] {
  const dependencies: MixedDependency[] = [];
  const peers = client.name === 'npm' || client.name === 'pnpm';
  const web = dice.chance(0.2);
  const needed = new Set(packages.flatMap(({ needs }) => needs.map((need) => need.package)));
  packages.forEach((found, index) => {
    // what another one needs is often asked for by that alone
    if (needed.has(index) && dice.chance(0.5)) return;
    const lock = (): MixedDependency['lock'] => {
      // what another package needs has an entry anyway
      if (dice.chance(ill / 8) && !needed.has(index)) return null;
      const holder =
        found.versions.findLast(({ version }) => version === found.wanted)?.project ?? found.home;
      const stale = dice.chance(ill / 5);
      const same = projects.flatMap((project, place) =>
        project.server === at(projects, holder).server ? [place] : [],
      );
      return {
        project: stale ? dice.one(same) : holder,
        host: dice.chance(ill / 8) ? 'other' : 'own',
      };
    };
    const one = (part: Partial<MixedDependency>): MixedDependency => ({
      package: index,
      range: '^1.0.0',
      kind: 'prod',
      alias: null,
      folder: '',
      version: found.wanted,
      lock: locked ? lock() : null,
      ...part,
    });
    const range = dice.one(['^1.0.0', '^1.0.0', '1.4.0', '>=1.0.0 <2.0.0', locked ? '^1.2.0' : 'next']);
    dependencies.push(
      one({
        range,
        kind: dice.mostly<MixedDependency['kind']>('prod', 0.4, [
          'dev',
          'optional',
          'optional',
          ...(peers ? (['peer'] as const) : []),
        ]),
        alias: dice.chance(0.08) ? `alias-${found.base}` : null,
        folder: web && dice.chance(0.4) ? 'packages/web' : '',
      }),
    );
    // the same in an older version
    if (dice.chance(0.1))
      dependencies.push(
        one({
          range: '0.9.0',
          version: '0.9.0',
          alias: `old-${found.base}`,
          kind: dice.one(['prod', 'dev']),
        }),
      );
  });
  return dependencies;
}

function drawLines(
  dice: Dice,
  servers: readonly MixedServer[],
  projects: readonly MixedProject[],
  packages: readonly MixedPackage[],
  ill: number,
): readonly MixedLine[] {
  return [...new Set(packages.map(({ scope }) => scope))].map((scope): MixedLine => {
    const own = packages.filter((one) => one.scope === scope);
    const home = at(projects, at(own, 0).home);
    const root = home.path.split('/')[0] ?? '';
    const homes = [...new Set(own.map((one) => one.home))];
    const isRoot = own.every((one) => at(projects, one.home).path.startsWith(`${scope.slice(1)}/`));
    const group = { kind: 'group', group: root } as const;
    const project = { kind: 'project', project: at(homes, 0) } as const;
    const right: readonly MixedLine['to'][] = [
      ...(isRoot ? [{ kind: 'instance' } as const, { kind: 'instance' } as const] : []),
      group,
      ...(homes.length === 1 ? [project, project] : []),
    ];
    const wrong: readonly MixedLine['to'][] = [
      { kind: 'instance' },
      { kind: 'group', group: 'acme' },
      { kind: 'group', group: 'nowhere' },
      project,
      {
        kind: 'project',
        project: dice.one(projects.flatMap((one, index) => (one.server === home.server ? [index] : []))),
      },
    ];
    return {
      scope,
      server: servers.length > 1 ? home.server : 0,
      to: dice.mostly(dice.one(right), ill / 2, wrong),
      there: !dice.chance(ill / 6),
    };
  });
}

function drawKeys(
  dice: Dice,
  client: MixedWorld['client'],
  world: Pick<MixedWorld, 'servers' | 'projects' | 'tokens' | 'lines'>,
  ill: number,
): readonly MixedKey[] {
  const { servers, tokens, lines, projects } = world;
  const state = () => dice.mostly<MixedKey['state']>('there', ill / 4, ['missing', 'other-host', 'literal']);
  const ofServer = (server: number) =>
    tokens.flatMap((token, index) => (token.server === server ? [index] : []));
  const tokenFor = (server: number): number => {
    if (server === 0 && dice.chance(0.65)) return 0;
    return dice.chance(ill / 10) ? 0 : dice.one(ofServer(server));
  };
  if (client.name === 'yarn-berry') {
    return lines.map(({ scope, server, there }) => ({
      server,
      at: scope,
      token: tokenFor(server),
      // both stand in one block
      state: there ? dice.mostly<MixedKey['state']>('there', ill / 4, ['missing', 'literal']) : 'missing',
    }));
  }
  return servers.flatMap((_, server): readonly MixedKey[] => {
    const usual = tokenFor(server);
    if (dice.chance(0.5)) return [{ server, at: '/api/v4/', token: usual, state: state() }];
    const key = (place: string): MixedKey => ({
      server,
      at: place,
      token: dice.chance(0.2) ? tokenFor(server) : usual,
      state: state(),
    });
    const places = new Set(
      lines
        .filter((line) => line.server === server)
        .flatMap(({ to }) =>
          to.kind === 'instance'
            ? ['/api/v4/packages/npm/']
            : to.kind === 'group'
              ? [`/api/v4/groups/${to.group}/-/packages/npm/`]
              : [],
        ),
    );
    const each = dice.chance(0.5);
    const tarballs = each
      ? projects.flatMap((project) =>
          project.server === server ? [`/api/v4/projects/${project.id}/packages/npm/`] : [],
        )
      : ['/api/v4/projects/'];
    return [...new Set([...places, ...tarballs])].map(key);
  });
}

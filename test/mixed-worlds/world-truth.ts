import semver from 'semver';
import type { ClientModule } from '../../src/clients/client-module.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import { type ClientModel, isDispensable } from '../../src/domain/client.ts';
import { authorizationOf } from '../../src/domain/credential.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import { isPublicRegistry } from '../../src/domain/public-registry.ts';
import { credentialHeader } from '../../src/io/authorization-header.ts';
import type { DirectGitLab } from '../proof/direct-http.ts';
import { clientModules } from '../support/client-modules.ts';
import { lockedTarball, neededLock } from './lock-files.ts';
import { type AppliedMending, mendingsFor } from './mendings.ts';
import { at, type MixedDependency, type MixedWorld, nameOf } from './mixed-world.ts';
import { configOf, requestedOf, scenarioOf } from './world-files.ts';
import type { Servers } from './world-model.ts';

/** One package that an install of a world fetches. `transitive`: only another package asks for it. */
export interface Needed {
  package: number;
  asked: Asked;
  /** Its place among the world's dependencies; `null` for a transitive one. */
  place: number | null;
  transitive: boolean;
  /** Every way to it is an optional one; it is asked for as optional itself. */
  optional: boolean;
  optionalEdge: boolean;
}

export type Asked = Pick<MixedDependency, 'package' | 'range' | 'alias' | 'version' | 'lock' | 'kind'>;

/** How far an install of one package gets. */
export type Fetched = {
  kind: 'whole' | 'failed';
  lacks: 'metadata' | 'tarball';
  version: string | null;
  /** The number of the step that failed: a public registry or none would be asked, metadata refused, no version, tarball refused; 5 for none. */
  step: 1 | 2 | 3 | 4 | 5;
  /** What was said last. */
  said: string;
};

/** Files that replace those of the world's configuration: what a remedy's edit made of them. */
export type Edited = Readonly<Record<string, string>> | null;

const mostKept = 4_000;
/** Faults that stand in the way of one package beside those that no mending does without. */
const mostTogether = 4;

/** Knows what an install of a world fetches, what of it fails, and what stands in the way. */
export class WorldTruth {
  readonly #servers: Servers;
  readonly #clients = new Map<string, ClientModel>();

  constructor(servers: Servers) {
    this.#servers = servers;
  }

  /** Everything that an install fetches, as far as its metadata can be had. */
  needed(world: MixedWorld): readonly Needed[] {
    const all: Needed[] = [];
    const seen = new Map<string, number>();
    const add = (one: Needed) => {
      const key = `${one.package} ${one.asked.range} ${one.asked.alias ?? ''} ${one.asked.version} ${JSON.stringify(one.asked.lock)}`;
      const known = seen.get(key);
      if (known === undefined) {
        seen.set(key, all.length);
        all.push(one);
        return;
      }
      const before = at(all, known);
      all[known] = {
        ...before,
        transitive: before.transitive && one.transitive,
        optional: before.optional && one.optional,
        optionalEdge: before.optionalEdge && one.optionalEdge,
      };
    };
    for (const [place, dependency] of world.dependencies.entries()) {
      add({
        package: dependency.package,
        asked: dependency,
        place,
        transitive: false,
        optional: dependency.kind === 'optional',
        optionalEdge: dependency.kind === 'optional',
      });
    }
    for (let next = 0; next < all.length; next++) {
      const parent = at(all, next);
      const fetched = this.fetch(world, parent);
      const reached = fetched.kind === 'whole' || fetched.lacks === 'tarball';
      if (!isLocked(world, parent) && !(reached && fetched.version !== null)) continue;
      for (const { package: index, range, how } of at(world.packages, parent.package).needs) {
        if (how === 'bundled' && bundles(world)) continue;
        const { wanted } = at(world.packages, index);
        add({
          package: index,
          place: null,
          asked: {
            package: index,
            range,
            alias: null,
            version: wanted,
            kind: 'prod',
            lock: isLocked(world, parent) ? neededLock(world, index) : null,
          },
          transitive: true,
          optional: parent.optional || how === 'optional',
          optionalEdge: how === 'optional',
        });
      }
    }
    return all;
  }

  /** What an install gets of one package, with what its client sends. */
  fetch(world: MixedWorld, one: Needed, edited: Edited = null): Fetched {
    const client = this.client(world, edited);
    const dependency = dependencyOf(world, one);
    let said = '';
    const failed = (step: Fetched['step'], version: string | null = null): Fetched => ({
      kind: 'failed',
      lacks: step === 4 ? 'tarball' : 'metadata',
      version,
      step,
      said,
    });
    if (client.stop) return failed(1);
    const asks = client.asks(dependency);
    const registry = asks.registry ?? client.registryFor(dependency.name);
    let tarball = asks.tarball;
    let lender = client.tarballLender ? client.tarballLender(dependency, registry.url) : registry.url;
    let version: string | null = dependency.locked?.version ?? null;
    if (asks.metadata) {
      if (registry.url === null || isPublicRegistry(registry.url)) return failed(1);
      const url = client.metadataUrl(registry.url, dependency.name);
      if (client.refusesUrl?.(url, registry.url)) return failed(1);
      const reply = this.#get(world, client, url, registry.url);
      said = `${reply.status} ${reply.text}`;
      if (reply.status !== 200) return failed(2);
      const wanted =
        asks.byRange || !dependency.locked ? askedIn(world, one).range : dependency.locked.version;
      const picked = pick(reply.text, wanted, client.ageGate?.(dependency)?.missingTime === 'refused');
      if (picked === null) return failed(3);
      if (tarball !== null && client.lockMismatch?.(tarball, picked.tarball)) return failed(3);
      version = picked.version;
      if (tarball === null) {
        tarball = client.tarballUrl?.(picked.tarball, registry.url) ?? picked.tarball;
        lender = registry.url;
      }
    }
    if (tarball === null || isPublicRegistry(tarball)) return failed(4, version);
    if (client.refusesUrl?.(tarball, registry.url) ?? client.refusal(tarball, registry.url, dependency))
      return failed(4, version);
    const { status, text } = this.#get(world, client, tarball, lender);
    said = `${status} ${text.length} ${status === 200 ? '' : text}`;
    return status === 200 ? { kind: 'whole', lacks: 'tarball', version, step: 5, said } : failed(4, version);
  }

  /** Whether an install goes on without this package. */
  isDispensable(world: MixedWorld, one: Needed): boolean {
    const { lacks } = this.fetch(world, one);
    return isDispensable(this.client(world, null), dependencyOf(world, one), lacks);
  }

  /** The union of all smallest sets of mendings after which the package is fetched: each of them is a true cause. */
  causes(world: MixedWorld, one: Needed): readonly AppliedMending[] {
    const there = mendingsFor(world, one);
    const works = (set: readonly AppliedMending[]) => this.fetch(mended(world, set), one).kind === 'whole';
    const needed = there.filter((mending) => !works(there.filter((other) => other !== mending)));
    // not all of them may be: with a token GitLab may refuse what it gives to nobody
    const isSmallest = () => needed.every((mending) => !works(needed.filter((other) => other !== mending)));
    if (works(needed) && isSmallest()) return needed;
    if (works(needed)) return this.#smallestOf(there, works);
    const optional = there.filter((mending) => !needed.includes(mending));
    return [...needed, ...this.#smallestOf(optional, (set) => works([...needed, ...set]))];
  }

  /** The union of the smallest sets of up to four. */
  #smallestOf(
    all: readonly AppliedMending[],
    works: (set: readonly AppliedMending[]) => boolean,
  ): readonly AppliedMending[] {
    const smallest: (readonly AppliedMending[])[] = [];
    for (let size = 1; size <= mostTogether; size++) {
      for (const set of subsetsOf(all, size)) {
        if (smallest.some((found) => found.every((mending) => set.includes(mending)))) continue;
        if (works(set)) smallest.push(set);
      }
    }
    return [...new Set(smallest.flat())];
  }

  /** The mendings that alone lead on to another answer, whatever else stands in the way: each of them is a fault of the step that fails. */
  leadingOn(world: MixedWorld, one: Needed): readonly AppliedMending[] {
    const { said, step } = this.fetch(world, one);
    return mendingsFor(world, one).filter((mending) => {
      if (mending.kind === 'prefix') return false;
      const next = this.fetch(mended(world, [mending]), one);
      return next.step > step || (next.step === step && next.said !== said);
    });
  }

  /** Everything that could be mended for a package, whether it stands in its way or not. */
  mendings(world: MixedWorld, one: Needed): readonly AppliedMending[] {
    return mendingsFor(world, one);
  }

  client(world: MixedWorld, edited: Edited): ClientModel {
    const files = { ...configOf(world), ...edited };
    const key = JSON.stringify([world.client, files, world.tokens.map(({ set, value }) => [set, value])]);
    const known = this.#clients.get(key);
    if (known) return known;
    const scenario = scenarioOf({ ...world, locked: false });
    const place = scenarioWorld(
      { ...scenario, files: { ...scenario.files, ...files } },
      '0',
      (origin) => origin,
    );
    const module: ClientModule = clientModules[world.client.name];
    const client = module.resolve(
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
    if (this.#clients.size > mostKept) this.#clients.clear();
    this.#clients.set(key, client);
    return client;
  }

  #get(world: MixedWorld, client: ClientModel, url: string, registry: string | null) {
    const server = this.#serverOf(world, url);
    if (!server) return { status: 0, text: '' };
    const header = credentialHeader(authorizationOf(client.credentialFor(url, registry), url));
    if (header.kind === 'unsendable') return { status: 0, text: '' };
    const reply = server.get(url, header.kind === 'none' ? null : [header.name, header.value]);
    return { status: reply.status, text: String(reply.body ?? '') };
  }

  #serverOf(world: MixedWorld, url: string): DirectGitLab | null {
    const { origin } = new URL(url);
    return this.#servers.of(world).find((server) => server.url === origin) ?? null;
  }
}

/** The world after these mendings. */
export function mended(world: MixedWorld, mendings: readonly AppliedMending[]): MixedWorld {
  return mendings.reduce((next, { apply }) => apply(next), world);
}

/** What a world asks for: mendings change it. */
export function askedIn({ dependencies }: MixedWorld, { asked, place }: Needed): Asked {
  return place === null ? asked : at(dependencies, place);
}

function isLocked(world: MixedWorld, one: Needed): boolean {
  return world.locked && askedIn(world, one).lock !== null;
}

/** npm and pnpm take what a package brings along. */
export function bundles({ client }: MixedWorld): boolean {
  return client.name === 'npm' || client.name === 'pnpm';
}

export function dependencyOf(world: MixedWorld, one: Needed): Dependency {
  const { transitive, optional, optionalEdge } = one;
  const asked = askedIn(world, one);
  const tarball = lockedTarball(world, asked);
  return {
    name: nameOf(world, one.package),
    alias: asked.alias,
    // what somebody else can not do without is no longer only optional
    kind:
      transitive || (asked.kind === 'optional' && !(optional && optionalEdge)) ? 'transitive' : asked.kind,
    requested: requestedOf(world, { ...asked, folder: '' }),
    from: 'registry',
    locked:
      tarball === null
        ? null
        : { version: asked.version, tarball, integrity: null, source: { kind: 'default', why: '' } },
    source: { kind: 'default', why: '' },
    dependents: transitive ? ['a-package'] : ['.'],
    reachedBy: [optional ? ['optional'] : ['prod']],
    ...(optionalEdge ? { optionalEdge } : {}),
  };
}

/** What a client takes of metadata: `latest` where it fits, else the newest that fits and is not deprecated. */
function pick(text: string, wanted: string, held: boolean): { version: string; tarball: string } | null {
  const { versions, 'dist-tags': tags } = JSON.parse(text) as {
    versions: Record<string, { deprecated?: string; dist: { tarball: string } }>;
    'dist-tags': Record<string, string>;
  };
  if (held) return null;
  const found = (version: string | undefined) => {
    const one = version === undefined ? undefined : versions[version];
    return one && version !== undefined ? { version, tarball: one.dist.tarball } : null;
  };
  if (semver.validRange(wanted) === null) return found(tags[wanted]);
  const fitting = Object.keys(versions).filter((version) => semver.satisfies(version, wanted));
  if (tags.latest && fitting.includes(tags.latest) && !versions[tags.latest]?.deprecated)
    return found(tags.latest);
  const good = fitting.filter((version) => !versions[version]?.deprecated);
  return found((good.length > 0 ? good : fitting).sort(semver.compare).at(-1));
}

function* subsetsOf<T>(all: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= all.length - size; index++) {
    for (const rest of subsetsOf(all, size - 1, index + 1)) yield [at(all, index), ...rest];
  }
}

import type { Dependency, DependencyKind, LockedPackage } from '../domain/dependency.ts';
import type { Source } from '../domain/source.ts';
import type { Position } from './json-file.ts';
import { addWay, kindsOfWays, type Ways } from './reach.ts';

/** What a draft needs of an entry of a lockfile. `place` is the key by which the entry is found in the text. */
export interface DraftEntry {
  place: string;
  version: string | null;
  resolved: string | null;
  integrity: string | null;
}

/** A dependency in the making. `source` is `null` for what only the lockfile names: the line of its entry is looked up for all at once. */
export interface DependencyDraft {
  name: string;
  alias: string | null;
  kind: DependencyKind;
  requested: string;
  from: Dependency['from'];
  entry: DraftEntry | null;
  source: Source | null;
  dependents: Set<string>;
  ways: Ways;
  /** Somebody asks for it as more than optional. Left out: nobody knows. */
  isAskedFirmly?: boolean;
}

/** Drafts by what is fetched. */
export type Drafts = Map<string, DependencyDraft>;

const strength: readonly DependencyKind[] = ['prod', 'dev', 'peer', 'optional', 'override', 'transitive'];

/** Adds a draft, or joins it to one that is the same fetch: the stronger kind gives kind, range and place. */
export function addDraft(drafts: Drafts, draft: DependencyDraft): void {
  const { name, from, entry, alias, requested } = draft;
  const what = entry === null ? ['asked', alias, requested] : ['locked', entry.version, entry.resolved];
  const key = JSON.stringify([name, from, ...what]);
  const known = drafts.get(key);
  if (known === undefined) {
    drafts.set(key, draft);
    return;
  }
  for (const dependent of draft.dependents) known.dependents.add(dependent);
  for (const way of draft.ways) known.ways = addWay(known.ways, way);
  if (draft.isAskedFirmly !== undefined) known.isAskedFirmly = known.isAskedFirmly || draft.isAskedFirmly;
  if (strength.indexOf(draft.kind) < strength.indexOf(known.kind)) {
    known.kind = draft.kind;
    known.requested = requested;
    known.source = draft.source;
  }
}

/** Where the entries of a lockfile stand: its path, and a look-up of many places at once. */
export interface DraftPlaces {
  path: string;
  locate(places: ReadonlySet<string>): ReadonlyMap<string, Position>;
}

/** The finished dependencies, in the order of the drafts. The lockfile (`null`: there is none) is gone through once for all places. */
export function finishDrafts(drafts: Drafts, lock: DraftPlaces | null): Dependency[] {
  const places = new Set<string>();
  for (const { entry } of drafts.values()) if (entry !== null) places.add(entry.place);
  const found = lock?.locate(places);
  const lockSource = (entry: DraftEntry): Source => {
    const { line, column } = found?.get(entry.place) ?? { line: 1, column: 1 };
    return { kind: 'file', path: lock?.path ?? '', line, column, key: entry.place };
  };
  return [...drafts.values()].map(({ entry, source, dependents, ways, isAskedFirmly, ...rest }) => {
    const locked = entry === null ? null : lockedPackage(entry, lockSource(entry));
    return {
      ...rest,
      locked,
      source: source ?? locked?.source ?? { kind: 'default', why: 'the lockfile' },
      dependents: [...dependents],
      reachedBy: kindsOfWays(ways),
      ...(isAskedFirmly === undefined || isAskedFirmly === (rest.kind !== 'optional')
        ? {}
        : { optionalEdge: !isAskedFirmly }),
    };
  });
}

function lockedPackage({ version, resolved, integrity }: DraftEntry, source: Source): LockedPackage {
  return { version: version ?? '', tarball: resolved, integrity, source };
}

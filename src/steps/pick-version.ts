import pickManifest from 'npm-pick-manifest';
import { maxSatisfying, valid, validRange } from 'semver';
import type { AgeGate, ClientId } from '../domain/client.ts';
import type { Packument, PackumentVersion } from '../domain/packument.ts';
import { isWithin } from '../domain/plain-version.ts';
import type { VersionChoice } from '../domain/version-choice.ts';
import { isPlain } from '../project/dependency-spec.ts';

/** The part of a packument that a client with an age gate looks at. `now` in milliseconds since 1970. */
export function oldEnough(packument: Packument, gate: AgeGate, now: number): Packument {
  const taken = ([version]: [string, PackumentVersion]) => {
    const published = Date.parse(packument.times[version] ?? '');
    if (Number.isNaN(published)) return gate.missingTime === 'taken';
    return now - published >= gate.minutes * 60_000;
  };
  return { ...packument, versions: Object.fromEntries(Object.entries(packument.versions).filter(taken)) };
}

/**
 * The version of a package that a client chooses for a range or tag, by its own `choice` or, where that is `null`, as npm does; `null` when none fits. npm looks at the Node that it runs on: it is taken to be the one that runs
 * this program.
 */
export function pickVersion(
  packument: Packument,
  wanted: string,
  { name, version: npmVersion }: ClientId,
  choice: VersionChoice | null,
): PackumentVersion | null {
  const { latest } = packument.distTags;
  // most clients' first choice, and what most packages come to
  if (latest !== undefined && isPlain(packument.name, wanted) && /^[~^]/.test(wanted)) {
    const newest = isWithin(latest, wanted) ? packument.versions[latest] : undefined;
    const isSimple = newest?.deprecated === null && Object.keys(newest.engines).length === 0;
    if (isSimple && choice?.latest !== 'as-others') return newest;
  }
  const isRange = validRange(wanted, true) !== null && valid(wanted, true) === null;
  return choice !== null && isRange
    ? chosenInRange(packument, wanted, choice)
    : chosenByNpm(packument, wanted, name === 'npm' ? npmVersion : null);
}

function chosenInRange(
  { distTags: { latest }, versions }: Packument,
  range: string,
  choice: VersionChoice,
): PackumentVersion | null {
  const isTaken = (version: string) => {
    const deprecated = versions[version]?.deprecated ?? null;
    if (choice.deprecated === 'as-others' || deprecated === null) return true;
    return deprecated === '' && choice.deprecated !== 'avoided-even-blank';
  };
  const tagged = latest !== undefined && versions[latest] !== undefined ? latest : null;
  const isAny = range.trim() === '*';
  if (isAny && tagged !== null && choice.anyVersion === 'takes-latest') {
    if (choice.latest === 'first' || isTaken(tagged)) return versions[tagged] ?? null;
  }
  const fitting = Object.keys(versions).filter((version) => isWithin(version, range));
  const taken = fitting.filter(isTaken);
  const best = taken.length > 0 ? taken : fitting;
  const isFirst = tagged !== null && choice.latest !== 'as-others';
  if (isFirst && (choice.latest === 'first' ? fitting : best).includes(tagged))
    return versions[tagged] ?? null;
  const newest = maxSatisfying([...best], range, true);
  if (newest !== null) return versions[newest] ?? null;
  const isLast = isAny && tagged !== null && choice.anyVersion === 'takes-latest-for-want-of-others';
  return isLast ? (versions[tagged] ?? null) : null;
}

function chosenByNpm(
  { name, distTags, versions }: Packument,
  wanted: string,
  npmVersion: string | null,
): PackumentVersion | null {
  const candidates = Object.entries(versions).map(([version, { deprecated, engines }]) => [
    version,
    { name, version, deprecated, ...(npmVersion === null ? {} : { engines }) },
  ]);
  try {
    const picked = pickManifest(
      { name, 'dist-tags': distTags, versions: Object.fromEntries(candidates) },
      wanted,
      npmVersion === null ? {} : { npmVersion },
    );
    return versions[picked.version] ?? null;
  } catch {
    return null;
  }
}

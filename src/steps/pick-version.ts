import pickManifest from 'npm-pick-manifest';
import { satisfies } from 'semver';
import type { AgeGate } from '../domain/client.ts';
import type { Packument, PackumentVersion } from '../domain/packument.ts';
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

/** The version of a package that npm would choose for a range or tag; `null` when none fits. */
export function pickVersion(packument: Packument, wanted: string): PackumentVersion | null {
  const { latest } = packument.distTags;
  // npm's own first choice, and what most packages come to
  if (latest !== undefined && isPlain(packument.name, wanted) && /^[~^]/.test(wanted)) {
    const newest = satisfies(latest, wanted, true) ? packument.versions[latest] : undefined;
    if (newest !== undefined) return newest;
  }
  const versions = Object.fromEntries(
    Object.keys(packument.versions).map((version) => [version, { name: packument.name, version }]),
  );
  try {
    const picked = pickManifest({ name: packument.name, 'dist-tags': packument.distTags, versions }, wanted);
    return packument.versions[picked.version] ?? null;
  } catch {
    return null;
  }
}

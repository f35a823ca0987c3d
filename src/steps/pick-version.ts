import pickManifest from 'npm-pick-manifest';
import type { AgeGate } from '../domain/client.ts';
import type { Packument, PackumentVersion } from '../domain/packument.ts';

/** The part of a packument that a client with an age gate looks at. `now` in milliseconds since 1970. */
export function oldEnough(packument: Packument, gate: AgeGate, now: number): Packument {
  const taken = ([version]: [string, PackumentVersion]) => {
    const published = Date.parse(packument.times[version] ?? '');
    if (Number.isNaN(published)) return gate.missingTime === 'taken';
    return now - published >= gate.minutes * 60_000;
  };
  return { ...packument, versions: Object.fromEntries(Object.entries(packument.versions).filter(taken)) };
}

/** Loads what `pickVersion` needs, so that its first call is as quick as the others. */
export function preparePicking(): void {
  pickVersion({ name: 'none', distTags: {}, times: {}, versions: {} }, '*');
}

/** The version of a package that npm would choose for a range or tag; `null` when none fits. */
export function pickVersion(packument: Packument, wanted: string): PackumentVersion | null {
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

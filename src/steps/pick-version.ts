import pickManifest from 'npm-pick-manifest';
import type { Packument, PackumentVersion } from '../domain/packument.ts';

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

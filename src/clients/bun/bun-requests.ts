import type { AgeGate, ClientModel, ClientStop } from '../../domain/client.ts';
import { type Dependency, wantedRange } from '../../domain/dependency.ts';
import { percentEncoded } from '../../domain/percent-form.ts';
import { publicHost } from '../../domain/public-registry.ts';
import type { BunRegistries } from './bun-registries.ts';
import type { BunSettings } from './bun-settings.ts';

/** The URL of a package's metadata at a registry: the scope's slash as `%2f` (measured: clients.md section 1). */
export function bunMetadataUrl(registry: string, packageName: string): string {
  const escaped = packageName.split('/').map(percentEncoded).join('%2f').replace(/^%40/, '@');
  return `${withoutSlashes(registry)}/${escaped}`;
}

/**
 * A locked package is fetched from the lockfile's URL without asking metadata, whether or not the lockfile is frozen (measured: l02, l17);
 * where the lockfile has none, from the one that Bun makes up below the package's registry; a URL of a manifest is asked without a credential (run for real: Bun 1.4.5).
 */
export function bunAsks(dependency: Dependency, registries: BunRegistries): ReturnType<ClientModel['asks']> {
  const { from, locked, name } = dependency;
  if (from === 'url')
    return { metadata: false, tarball: locked?.tarball ?? dependency.requested, bare: true };
  if (from !== 'registry') return { metadata: false, tarball: null };
  if (locked === null || locked.version === '') return { metadata: true, tarball: null };
  if (locked.tarball !== null) return { metadata: false, tarball: locked.tarball };
  const registry = withoutSlashes(registries.choose(name).url ?? `https://${publicHost}`);
  const base = name.slice(name.lastIndexOf('/') + 1);
  return { metadata: false, tarball: `${registry}/${name}/-/${base}-${locked.version}.tgz` };
}

/** Bun asks http and https URLs only (run for real: a registry without a scheme, or with an unset variable in front). */
export function bunRefusesUrl(url: string): ClientStop | null {
  if (/^https?:\/\/[^/]/i.test(url) && URL.canParse(url)) return null;
  return {
    code: 'InvalidURL',
    message: 'Failed to join registry and package URLs',
    source: { kind: 'default', why: 'Bun asks only http:// and https:// URLs' },
  };
}

/** `minimumReleaseAge` of bunfig.toml, in seconds there; metadata without times lets every version through (run for real: Bun 1.4.5). */
export function bunAgeGate(dependency: Dependency, { bunfigs }: BunSettings): AgeGate | null {
  const found = bunfigs.find(({ bunfig }) => bunfig.minimumReleaseAge !== null);
  const seconds = found?.bunfig.minimumReleaseAge ?? 0;
  const excludes = bunfigs.find(({ bunfig }) => bunfig.minimumReleaseAgeExcludes.length > 0);
  if (!found || seconds <= 0 || excludes?.bunfig.minimumReleaseAgeExcludes.includes(dependency.name))
    return null;
  const place = found.bunfig.places.placeOf(['install', 'minimumReleaseAge']);
  return {
    minutes: seconds / 60,
    missingTime: 'taken',
    stop: {
      code: 'error',
      message: `No version matching "${wantedRange(dependency)}" found (blocked by minimum-release-age: ${seconds} seconds)`,
      source: { kind: 'file', path: found.file.shown, ...place, key: 'install.minimumReleaseAge' },
    },
    cure: {
      file: 'bunfig.toml',
      entry: dependency.name,
      lines: (entries) =>
        `[install]\nminimumReleaseAgeExcludes = [${entries.map((entry) => JSON.stringify(entry)).join(', ')}]`,
    },
  };
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

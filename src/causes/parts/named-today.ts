import type { Clues } from '../../domain/cause.ts';
import { githubRegistryOf } from '../../domain/github-registry-of.ts';
import { observedJson } from '../../domain/observed-json.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { isRecord } from '../../domain/record.ts';

/**
 * What a registry that is neither GitLab's nor GitHub's says today of the version that the lockfile names: where its tarball is, or which versions it has
 * instead. `unknown` where its metadata was not asked or could not be read, `null` for any other registry, and
 * where the lockfile leads to one of theirs.
 */
export type NamedToday =
  | { kind: 'tarball'; url: string }
  | { kind: 'no-version'; versions: readonly string[] }
  | { kind: 'unknown' };

export function namedToday(clues: Clues): NamedToday | null {
  const { registry, dependency } = clues.case.target;
  // no other registry gives out what lies at GitLab or GitHub
  const addresses = [registry.url, dependency.locked?.tarball ?? null];
  if (addresses.some((url) => url === null || isForge(url, clues))) return null;
  const metadata = observedJson(clues.observation('registry-metadata'));
  const versions = isRecord(metadata) ? metadata.versions : null;
  if (!isRecord(versions) || !dependency.locked) return { kind: 'unknown' };
  const { version } = dependency.locked;
  if (!Object.hasOwn(versions, version)) return { kind: 'no-version', versions: Object.keys(versions) };
  const entry = versions[version];
  const dist = isRecord(entry) ? entry.dist : null;
  const tarball = isRecord(dist) ? dist.tarball : null;
  return typeof tarball === 'string' && URL.canParse(tarball)
    ? { kind: 'tarball', url: tarball }
    : { kind: 'unknown' };
}

function isForge(url: string, { run }: Clues): boolean {
  return prefixOf(url) !== null || githubRegistryOf(url, run.environment) !== null;
}

import type { Clues, Statement } from '../../domain/cause.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import type { Setting } from '../../domain/setting.ts';
import { formatSource } from '../../domain/source.ts';
import { changeLine, writtenLine } from './add-line.ts';

/**
 * npm's `replace-registry-host` where it moves the tarball of a private package away from its registry: it puts in the default registry, never the scope's
 * (measured: clients.md l08, x08).
 */
export function replacedHost(clues: Clues): Setting | null {
  const { run, case: one } = clues;
  const moved = movedTarball(clues);
  const locked = one.target.dependency.locked?.tarball ?? null;
  if (moved === null || (locked !== null && sameOrigin(locked, moved))) return null;
  return run.client.settings.find(({ key, inEffect }) => key === 'replace-registry-host' && inEffect) ?? null;
}

/** The address of a tarball on another server than the registry of its package. */
function movedTarball({ case: { result, target } }: Clues): string | null {
  if (result.kind === 'tarball-at-public-registry') return result.tarball;
  const { registry, tarball } = target;
  if (result.kind !== 'tarball-failed' || tarball === null || registry.url === null) return null;
  return sameOrigin(tarball.url, registry.url) ? null : tarball.url;
}

/** What is said of that setting. */
export function replacedHostStatement(clues: Clues, setting: Setting): Statement {
  const { run, case: one } = clues;
  const { dependency, registry } = one.target;
  const { source, key, written } = setting;
  return {
    title: `${formatSource(source)} does not mean what it looks like: ${key} puts in the default registry, not that of ${dependency.name}`,
    seen: `the tarball is asked at ${movedTarball(clues)}, where the registry of the package is ${registry.url}`,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `take ${key} out`,
      steps: [
        'tarballs of private packages are moved to the default registry with all others, the public one where none is configured',
      ],
      ...(source.kind === 'file'
        ? { edit: changeLine(run, source, writtenLine(source, key, written), null) }
        : {}),
    },
  };
}

import { isPublicRegistry } from '../domain/public-registry.ts';
import type { PackageReport, PublishReport } from '../domain/report.ts';

type Placed = Pick<PackageReport | PublishReport, 'prefix' | 'registry'> &
  Partial<Pick<PackageReport, 'tarball'>>;

/** Where a package is asked for, as lists name it: the prefix, the registry, or the server that the lockfile alone names. */
export function shownPlace({ prefix, registry, tarball = null }: Placed): string {
  if (prefix !== null) return `${prefix} prefix`;
  if (registry !== null) return registry;
  const isElsewhere = tarball !== null && URL.canParse(tarball) && !isPublicRegistry(tarball);
  return isElsewhere ? new URL(tarball).origin : 'the public npm registry';
}

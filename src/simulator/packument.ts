import { distTags, findProject } from './look-up.ts';
import type { GitLabModel, PackageModel } from './model.ts';
import { checksums } from './tarball.ts';

const carried = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'optionalDependencies',
  'bundleDependencies',
  'bin',
  'directories',
  'engines',
  'os',
  'cpu',
  'hasInstallScript',
];

/**
 * Metadata as GitLab writes it: versions with the tarball at the prefix of the project that holds each of them, `shasum` but no
 * `integrity`, no `time` (GitLab model, section 2; measured: clients.md). `versions` are oldest first; of equal ones the newest counts.
 */
export function packumentOf(
  model: GitLabModel,
  externalUrl: string,
  name: string,
  versions: readonly PackageModel[],
): Record<string, unknown> {
  return {
    name,
    versions: Object.fromEntries(versions.map((one) => [one.version, versionEntry(model, externalUrl, one)])),
    'dist-tags': distTags(model, versions),
  };
}

/** The URL of a version's tarball: always at the project prefix (GitLab model, section 2). */
export function tarballUrl(model: GitLabModel, externalUrl: string, one: PackageModel): string {
  const id = findProject(model, one.project)?.id ?? 0;
  return `${externalUrl}/api/v4/projects/${id}/packages/npm/${one.name}/-/${one.name}-${one.version}.tgz`;
}

function versionEntry(model: GitLabModel, externalUrl: string, one: PackageModel): Record<string, unknown> {
  const fields = carried
    .filter((key) => Object.hasOwn(one.manifest, key))
    .map((key) => [key, one.manifest[key]]);
  return {
    name: one.name,
    version: one.version,
    ...(one.deprecated !== null && { deprecated: one.deprecated }),
    ...Object.fromEntries(fields),
    dist: { shasum: checksums(one.tarball).shasum, tarball: tarballUrl(model, externalUrl, one) },
  };
}

import { judge } from '../../providers/github/access-rules.ts';
import { refusalText } from '../../providers/github/refusals.ts';
import { json, plain, type Reply, redirect } from '../reply.ts';
import { checksums } from '../tarball.ts';
import { type GitHubCaller, githubStateOf } from './github-state-of.ts';
import type { GitHubModel, GitHubPackageModel } from './model.ts';

/** A request of the registry: its path below the registry's URL, without the first slash and decoded. */
export interface RegistryRequest {
  method: string;
  path: string;
  caller: GitHubCaller;
}

/** The addresses that the registry writes into its answers, with their final slashes. */
export interface RegistryAddresses {
  registryUrl: string;
  storageUrl: string;
}

/**
 * The reply of the npm registry of GitHub Packages: metadata at `@scope/name`, tarballs at `download/@scope/name/version/sha` by a redirect to
 * another host, and nothing else. Refusals have the words and statuses of the table of answers (GitHub notes, section A2).
 */
export function registryReply(
  model: GitHubModel,
  { method, path, caller }: RegistryRequest,
  { registryUrl, storageUrl }: RegistryAddresses,
): Reply {
  if (method !== 'GET') return json(405, { error: 'Method Not Allowed' });
  if (path === '-/ping') return json(404, { error: 'Package [ping] was not found' });
  const file = /^download\/(@[^/]+\/[^/]+)\/([^/]+)\/([^/]+)$/.exec(path);
  const name = file?.[1] ?? path;
  const version = file?.[2] ?? null;
  const versions = model.packages.filter((one) => one.name === name);
  const held = versions.find((one) => one.version === version && shaOf(one) === file?.[3]);
  const state = githubStateOf(model, caller, name, version);
  const answer = judge(
    file && !held && state.holds === 'version' ? { ...state, holds: 'other-versions' } : state,
    file ? 'tarball' : 'metadata',
  );
  const isNoName = answer.fault === 'package-not-found' && !/^@[\w-]+\/[\w.-]+$/.test(name);
  if (isNoName) return json(404, { error: 'Not Found' });
  if (answer.status !== 200) {
    const owner = name.startsWith('@') ? name.slice(1, name.indexOf('/')) : '';
    const text =
      answer.refusal === null
        ? 'unauthenticated: this token is not accepted here.'
        : refusalText(answer.refusal, answer.status, { name: name.slice(name.indexOf('/') + 1), owner });
    return json(answer.status, { error: text });
  }
  if (held) return redirect(302, `${storageUrl}npm/${shaOf(held)}?sig=${shaOf(held).slice(0, 12)}`);
  return json(200, packument(registryUrl, name, versions));
}

/** The reply of the storage host: the tarball for a signed address, and a refusal for whoever brings a credential along. */
export function storageReply(
  model: GitHubModel,
  path: string,
  sent: boolean,
  signature: string | null,
): Reply {
  const held = model.packages.find((one) => path === `npm/${shaOf(one)}`);
  if (sent) return plain(400, 'Only one auth mechanism allowed');
  return held && signature === shaOf(held).slice(0, 12)
    ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: held.tarball }
    : plain(403, 'AuthenticationFailed');
}

function packument(registryUrl: string, name: string, versions: readonly GitHubPackageModel[]): unknown {
  return {
    name,
    'dist-tags': { latest: versions.at(-1)?.version },
    versions: Object.fromEntries(
      versions.map((one) => [
        one.version,
        {
          ...one.manifest,
          dist: { ...checksums(one.tarball), tarball: githubTarballUrl(registryUrl, one) },
        },
      ]),
    ),
  };
}

/** The address of a version's tarball: no `/-/` in it, its checksum at the end (GitHub notes, section A1). */
export function githubTarballUrl(registryUrl: string, one: GitHubPackageModel): string {
  return `${registryUrl}download/${one.name}/${one.version}/${shaOf(one)}`;
}

function shaOf({ tarball }: GitHubPackageModel): string {
  return checksums(tarball).shasum;
}

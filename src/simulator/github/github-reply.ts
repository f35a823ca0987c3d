import { type GitHubRegistry, githubRegistriesOf } from '../../domain/github-registry-of.ts';
import { plain, type Reply } from '../reply.ts';
import { githubApiReply } from './api-routes.ts';
import { githubCaller } from './github-state-of.ts';
import type { GitHubModel } from './model.ts';
import { registryReply, storageReply } from './registry-routes.ts';

/** The public addresses of a GitHub. `storageUrl` is where its registry sends tarballs, with a final slash. */
export interface GitHubAddresses {
  registry: GitHubRegistry;
  storageUrl: string;
}

/**
 * The addresses of a model. With `plain`, they begin with http, so that a real client can be led there by a proxy. Throws for a server URL that is
 * none.
 */
export function githubAddresses({ settings }: GitHubModel, insecure = false): GitHubAddresses {
  const [usual, isolated] = githubRegistriesOf(settings.serverUrl);
  const chosen = settings.isolated ? (isolated ?? usual) : usual;
  if (chosen === undefined) throw new Error(`${settings.serverUrl} is no address of a GitHub`);
  const registry = insecure ? withHttp(chosen) : chosen;
  const { protocol, hostname } = new URL(registry.url);
  const host =
    hostname === 'npm.pkg.github.com'
      ? 'pkg-npm.githubusercontent.com'
      : `storage.${new URL(registry.webUrl).hostname}`;
  return { registry, storageUrl: `${protocol}//${host}/` };
}

function withHttp(registry: GitHubRegistry): GitHubRegistry {
  const plain = (url: string) => url.replace(/^https:/, 'http:');
  const { url, webUrl, apiUrl } = registry;
  return { ...registry, url: plain(url), webUrl: plain(webUrl), apiUrl: plain(apiUrl) };
}

/** The reply of a GitHub's registry, API or storage to a request for a public address. `authorization` is its header. */
export function githubReply(
  model: GitHubModel,
  { registry, storageUrl }: GitHubAddresses,
  url: URL,
  { method, authorization }: { method: string; authorization: string | undefined },
): Reply {
  const address = `${url.origin}${url.pathname}`;
  const below = (base: string) => (address.startsWith(base) ? decoded(address.slice(base.length)) : null);
  const inStorage = below(storageUrl);
  if (inStorage !== null)
    return storageReply(model, inStorage, authorization !== undefined, url.searchParams.get('sig'));
  const caller = githubCaller(model, authorization);
  const inApi = below(`${registry.apiUrl}/`);
  if (inApi !== null) return githubApiReply(model, inApi, caller, registry.webUrl);
  const path = below(registry.url);
  return path === null
    ? plain(404, 'Not Found')
    : registryReply(model, { method, path, caller }, { registryUrl: registry.url, storageUrl });
}

/** A path decoded; itself when it is no valid encoding. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

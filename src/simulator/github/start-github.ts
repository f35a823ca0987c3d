import type { IncomingMessage } from 'node:http';
import type { GitHubRegistry } from '../../domain/github-registry-of.ts';
import { type Loopback, startLoopback } from '../loopback.ts';
import { json, type Reply } from '../reply.ts';
import { githubAddresses, githubReply } from './github-reply.ts';
import type { GitHubModel } from './model.ts';

/** One request as the log keeps it: never with a token. `url` is the public address that was meant, without its query. */
export interface GitHubRequestLog {
  readonly method: string;
  readonly url: string;
  /** Whether a credential came along. */
  readonly sent: boolean;
  readonly status: number;
}

/** A running GitHub on loopback. */
export interface RunningGitHub {
  registry: GitHubRegistry;
  /** For each public origin the loopback origin that plays it: registry, API and storage. */
  origins: ReadonlyMap<string, string>;
  /** A loopback HTTP proxy that plays the same public hosts for plain http addresses. */
  proxyUrl: string;
  requests: readonly GitHubRequestLog[];
  close(): Promise<void>;
}

/**
 * Starts a GitHub over a model on free loopback ports. With `plain`, its public addresses begin with http, so that a real client can be
 * led there by a proxy. Rejects with the system's error when it can't listen.
 */
export async function startGitHub(model: GitHubModel, { plain = false } = {}): Promise<RunningGitHub> {
  const addresses = githubAddresses(model, plain);
  const { registry, storageUrl } = addresses;
  const requests: GitHubRequestLog[] = [];

  function answer(origin: string, request: IncomingMessage): Reply {
    const target = `${origin}${request.url ?? '/'}`;
    const url = URL.canParse(target) ? new URL(target) : null;
    const { authorization } = request.headers;
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
    const reply =
      url === null
        ? json(400, { error: 'Bad Request' })
        : githubReply(model, addresses, url, { method, authorization });
    requests.push({
      method: request.method ?? '',
      url: url === null ? target : `${url.origin}${url.pathname}`,
      sent: authorization !== undefined,
      status: reply.status,
    });
    return reply;
  }

  const names = new Set([registry.url, registry.apiUrl, storageUrl].map((one) => new URL(one).origin));
  const proxy = await startLoopback((request) => answer('', request));
  const servers = await Promise.all(
    [...names].map(
      async (origin): Promise<readonly [string, Loopback]> => [
        origin,
        await startLoopback((request) => answer(origin, request)),
      ],
    ),
  );
  return {
    registry,
    origins: new Map(servers.map(([origin, server]) => [origin, server.origin])),
    proxyUrl: proxy.origin,
    requests,
    close: async () =>
      void (await Promise.all([proxy.close(), ...servers.map(([, server]) => server.close())])),
  };
}

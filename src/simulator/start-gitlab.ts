import type { IncomingMessage } from 'node:http';
import { dispatch } from './dispatch.ts';
import type { Exchange } from './exchange.ts';
import { type Loopback, startLoopback, targetOf } from './loopback.ts';
import type { GitLabModel } from './model.ts';
import { type Carrier, carrierOf } from './presented-token.ts';
import { json, noRoute, type Reply } from './reply.ts';
import { Store } from './store.ts';

/** One request as the log keeps it: never with a token. `url` is path and query below the origin. */
export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: Carrier;
  readonly status: number;
}

export interface GitLabOptions {
  /** Where GitLab says it lives (relative root included), for a server behind another name. Default: where it listens. */
  externalUrl?: string;
  /** URL of the public npm registry that absent packages are forwarded to. */
  publicRegistry?: string;
}

/** A running simulator. `url` is where it listens, relative root included; neither URL has a final slash. */
export interface RunningGitLab {
  url: string;
  apiUrl: string;
  requests: readonly LoggedRequest[];
  /** Requests that reached the object storage. */
  storageRequests: readonly LoggedRequest[];
  store: Store;
  close(): Promise<void>;
}

/** Starts a GitLab over a model on a free loopback port. Rejects with the system's error when it can't listen. */
export async function startGitLab(model: GitLabModel, options: GitLabOptions = {}): Promise<RunningGitLab> {
  const store = new Store(model);
  const requests: LoggedRequest[] = [];
  const storageRequests: LoggedRequest[] = [];
  const root = model.settings.relativeRoot.replace(/\/+$/, '');
  const storage = model.settings.objectStorage ? await startStorage(store, storageRequests) : null;
  const publicRegistry = (options.publicRegistry ?? 'http://public-registry.example').replace(/\/+$/, '');
  const server: Loopback = await startLoopback((request, body) => {
    const { pathname, searchParams } = targetOf(request);
    const credentials = { headers: request.headers, query: searchParams };
    const exchange: Exchange = {
      ...credentials,
      method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
      path: pathname.slice(root.length),
      body,
      store,
      externalUrl: (options.externalUrl ?? `${server.origin}${root}`).replace(/\/+$/, ''),
      publicRegistry,
      // by another host name: npm takes a credential along to another port of the same host
      objectStorage: storage?.origin.replace('127.0.0.1', 'localhost') ?? null,
    };
    const reply = pathname.startsWith(`${root}/`) ? dispatch(exchange) : noRoute;
    requests.push(logged(request, carrierOf(credentials), reply.status));
    return reply;
  });
  const url = `${server.origin}${root}`;
  const close = async () => void (await Promise.all([server.close(), storage?.close()]));
  return { url, apiUrl: `${url}/api/v4`, requests, storageRequests, store, close };
}

/** An object storage: serves tarballs by id, and refuses whoever brings a credential beside the signed URL. */
function startStorage(store: Store, requests: LoggedRequest[]): Promise<Loopback> {
  return startLoopback((request) => {
    const { pathname, searchParams } = targetOf(request);
    const id = /^\/packages\/(\d+)\//.exec(pathname)?.[1];
    const found = store.model.packages.find((one) => String(one.id) === id);
    const carrier = carrierOf({ headers: request.headers, query: searchParams });
    const reply: Reply =
      carrier !== 'none'
        ? json(400, { message: 'Only one auth mechanism allowed' })
        : found && searchParams.get('signature') === id
          ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: found.tarball }
          : json(403, { message: 'Access denied' });
    requests.push(logged(request, carrier, reply.status));
    return reply;
  });
}

function logged(request: IncomingMessage, authorization: Carrier, status: number): LoggedRequest {
  const url = (request.url ?? '').replace(
    /([?&](?:job_|private_)?token(?:\[\]|%5B%5D)?=)[^&]*/gi,
    '$1[secret]',
  );
  return { method: request.method ?? '', url, authorization, status };
}

import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { Outcome } from '../../src/domain/probe.ts';
import type { RunningGitLab } from '../../src/simulator/start-gitlab.ts';
import { makeCertificate } from '../io/support/certificates.ts';
import { freePort, serve, serveProxy } from '../io/support/servers.ts';
import type { Passage } from './test-world.ts';

/** An answer of something that is not GitLab. */
export interface Reply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/** A server in front of GitLab: it answers what `reply` answers and hands everything else on. `path` is the decoded path with query. */
export function inFront(
  reply: (path: string, request: IncomingMessage) => Reply | null,
): (gitlab: RunningGitLab) => Promise<Passage> {
  return async (gitlab) => {
    const { hostname, port } = new URL(gitlab.url);
    const server = await serve((request, response) => {
      const own = reply(decodeURIComponent(request.url ?? ''), request);
      if (own) {
        response
          .writeHead(own.status, { 'content-type': 'application/json', ...own.headers })
          .end(own.body ?? '{}');
        return;
      }
      handOn(request, response, hostname, Number(port));
    });
    return { origin: server.url };
  };
}

function handOn(request: IncomingMessage, response: ServerResponse, host: string, port: number) {
  const onward = send(
    { host, port, path: request.url ?? '/', method: request.method, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/** Nobody listens. */
export async function closedPort(): Promise<Passage> {
  return { origin: `http://127.0.0.1:${await freePort()}` };
}

/** Takes every request and never answers. */
export async function silence(): Promise<Passage> {
  return { origin: (await serve(() => {})).url };
}

/** Speaks TLS with a certificate for these names and dates of an authority that nobody knows. */
export function foreignCertificate(): () => Promise<Passage> {
  return async () => {
    const server = await serve((_request, response) => void response.end('{}'), await makeCertificate());
    return { origin: server.url };
  };
}

/** The job's proxy refuses every tunnel with this status. */
export function refusingProxy(status: number): () => Promise<Passage> {
  return async () => {
    const proxy = await serveProxy({ refuse: status });
    return { origin: null, env: { HTTPS_PROXY: proxy.url } };
  };
}

/** The name of the server does not resolve: what the system says then, so that no real name server is asked. */
export async function unknownName(): Promise<Passage> {
  return {
    origin: null,
    answers: ({ url }): Outcome => ({
      kind: 'unreachable',
      stage: 'dns',
      code: 'ENOTFOUND',
      message: `getaddrinfo ENOTFOUND ${new URL(url).hostname}`,
      attempts: 1,
    }),
  };
}

/** Only this name does not resolve; everything else is GitLab's. */
export function unknownOldName(hostname: string): (gitlab: RunningGitLab) => Promise<Passage> {
  return async ({ url }) => {
    const { answers } = await unknownName();
    return {
      origin: new URL(url).origin,
      answers: (question) =>
        new URL(question.url).hostname === hostname ? (answers?.(question) ?? null) : null,
    };
  };
}

/** Hands everything on by TLS, with a certificate of an authority that npm's setting `ca` names. */
export async function trustedCertificate(gitlab: RunningGitLab): Promise<Passage> {
  const { hostname, port } = new URL(gitlab.url);
  const certificate = await makeCertificate(['gitlab.example.com', '127.0.0.1']);
  const server = await serve(
    (request, response) => handOn(request, response, hostname, Number(port)),
    certificate,
  );
  return { origin: server.url, env: { NPM_CONFIG_CA: certificate.authority } };
}

/** A proxy that asks GitLab for every whole http URL. */
export async function passingProxy(gitlab: RunningGitLab): Promise<Passage> {
  const { hostname, port } = new URL(gitlab.url);
  const proxy = await serve((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://gitlab.example.com');
    request.url = `${pathname}${search}`;
    handOn(request, response, hostname, Number(port));
  });
  return { origin: null, env: { HTTP_PROXY: proxy.url } };
}

/** The same GitLab answers at a second address. */
export function secondName(origin: string): (gitlab: RunningGitLab) => Promise<Passage> {
  return async ({ url }) => ({ origin: new URL(url).origin, origins: { [origin]: new URL(url).origin } });
}

/** Another GitLab answers at an address: to a token that it does not know, and to none, it says 401. */
export function anotherGitLab(origin: string): (gitlab: RunningGitLab) => Promise<Passage> {
  return async ({ url }) => {
    const other = await serve((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"401 Unauthorized"}');
    });
    return { origin: new URL(url).origin, origins: { [origin]: other.url } };
  };
}

/** A page answers for everything at an address: the pages of a service, where none is there, or a guard in front of one. */
export function pageOf(origin: string, status = 404): (gitlab: RunningGitLab) => Promise<Passage> {
  return async ({ url }) => {
    const pages = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>No</html>');
    });
    return { origin: new URL(url).origin, origins: { [origin]: pages.url } };
  };
}

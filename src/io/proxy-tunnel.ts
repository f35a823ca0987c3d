import { type ClientRequest, request as plainRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { classifyFailure, StagedError } from './classify-failure.ts';

export interface TunnelRequest {
  proxy: URL;
  /** Value of `Proxy-Authorization`. It reaches the proxy only. */
  authorization: string | null;
  /** `host:port` of the server behind the proxy. */
  target: string;
  /** Trust for a proxy that speaks https itself. */
  trust: SecureContextOptions & { rejectUnauthorized?: boolean };
}

/** Called once, with the open socket or with the failure. */
export type TunnelReady = (result: Socket | StagedError) => void;

/**
 * Asks a proxy for a tunnel (CONNECT). Calls back once: with the open socket, or with an error of stage `proxy` whose code is
 * `PROXY_<status>` for a refusal and the system's code when the proxy itself could not be reached. Destroying the request
 * that it returns gives up.
 */
export function openTunnel(tunnel: TunnelRequest, ready: TunnelReady): ClientRequest {
  const { proxy, authorization, target, trust } = tunnel;
  const secure = proxy.protocol === 'https:';
  const request = secure ? process.getBuiltinModule('node:https').request : plainRequest;
  const asked = request({
    ...(secure ? trust : {}),
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (secure ? 443 : 80),
    method: 'CONNECT',
    path: target,
    agent: false,
    headers: { host: target, ...(authorization === null ? {} : { 'proxy-authorization': authorization }) },
  });
  asked.on('connect', (answer, socket: Socket, head: Buffer) => {
    const status = answer.statusCode ?? 0;
    // any other success is none to clients either (run for real: npm 10, pnpm 10 and 11, Yarn 4)
    if (status !== 200) {
      socket.on('error', () => {}).destroy();
      ready(proxyRefusal(proxy, status));
      return;
    }
    if (head.length > 0) socket.unshift(head);
    ready(socket);
  });
  asked.on('error', (error) => {
    const { code, message, transient } = classifyFailure(error, false);
    ready(new StagedError('proxy', code, `proxy ${proxy.host}: ${message}`, transient));
  });
  asked.end();
  return asked;
}

/** The failure for a status with which a proxy refuses to pass a request on. */
export function proxyRefusal(proxy: URL, status: number): StagedError {
  const meaning = status === 407 ? 'asks for a user name and password' : `refuses with status ${status}`;
  return new StagedError('proxy', `PROXY_${status}`, `proxy ${proxy.host} ${meaning}`, status >= 500);
}

import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import connectorOf from 'undici/lib/core/connect.js';
import { StagedError } from './classify-failure.ts';
import { openTunnel } from './proxy-tunnel.ts';
import type { TlsSettings } from './tls-settings.ts';

/** Opens sockets, each within one deadline from name resolution to the end of the TLS handshake. */
export interface Connector {
  direct: buildConnector.connector;
  /** Connects through a CONNECT tunnel of the proxy. */
  through(proxy: URL, authorization: string | null): buildConnector.connector;
  /** Gives up everything that is still being set up. */
  close(): void;
}

type Ready = (error: Error | null, socket: Socket | null) => void;

/** A part of a connection that is being set up. */
interface Part {
  destroy(): unknown;
}

/** One set-up: `done` ends it, `hold` names what has to be destroyed if it is given up. */
interface SetUp {
  done: Ready;
  hold(part: Part): void;
}

/** `timeout` in milliseconds. Errors arrive in the callback, once, never as an exception. */
export function createConnector(settings: TlsSettings, timeout: number): Connector {
  const abandoning = new Set<(why: Error) => void>();
  const trust = trustOf(settings);
  const connect = connectorOf({ ...trust, timeout: 0 }) as (
    ...given: Parameters<buildConnector.connector>
  ) => Socket;

  function supervise(what: string, ready: Ready, start: (setUp: SetUp) => void) {
    const parts: Part[] = [];
    let open = true;
    const done: Ready = (error, socket) => {
      if (!open) {
        socket?.on('error', () => {}).destroy();
        return;
      }
      open = false;
      clearTimeout(timer);
      abandoning.delete(abandon);
      ready(error, socket);
    };
    const abandon = (why: Error) => {
      done(why, null);
      for (const part of parts) part.destroy();
    };
    const timer = setTimeout(
      () => abandon(new StagedError('timeout', 'ETIMEDOUT', `no connection to ${what} within ${timeout} ms`)),
      timeout,
    );
    abandoning.add(abandon);
    start({
      done,
      hold(part) {
        if (open) parts.push(part);
        else part.destroy();
      },
    });
  }

  function connectWith(options: buildConnector.Options, setUp: SetUp) {
    setUp.hold(
      connect(options, (...result) => {
        if (result[0] === null) setUp.done(null, result[1]);
        else setUp.done(result[0], null);
      }),
    );
  }

  /** The name of what is missing for TLS, before anything is connected. */
  function hindrance(protocol: string): StagedError | null {
    if (settings.kind === 'usable' || protocol !== 'https:') return null;
    return new StagedError('tls', settings.code, settings.why);
  }

  return {
    direct: (options, callback) =>
      supervise(options.hostname, answering(callback), (setUp) => {
        const missing = hindrance(options.protocol);
        if (missing === null) connectWith(options, setUp);
        else setUp.done(missing, null);
      }),
    through: (proxy, authorization) => (options, callback) =>
      supervise(`${options.hostname} through the proxy`, answering(callback), (setUp) => {
        const missing = hindrance('https:');
        if (missing !== null) {
          setUp.done(missing, null);
          return;
        }
        const host = options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname;
        const target = `${host}:${options.port || '443'}`;
        const tunnel = openTunnel({ proxy, authorization, target, trust }, (result) => {
          if (result instanceof StagedError) setUp.done(result, null);
          else connectWith({ ...options, httpSocket: result }, setUp);
        });
        setUp.hold(tunnel);
      }),
    close() {
      for (const abandon of [...abandoning]) abandon(new Error('closed'));
    },
  };
}

function trustOf(settings: TlsSettings) {
  if (settings.kind === 'unusable') return {};
  const { rejectUnauthorized, secureContext } = settings;
  return secureContext === null ? { rejectUnauthorized } : { rejectUnauthorized, secureContext };
}

function answering(callback: Parameters<buildConnector.connector>[1]): Ready {
  return (error, socket) => {
    if (socket !== null) callback(null, socket);
    else callback(error ?? new Error('no socket'), null);
  };
}

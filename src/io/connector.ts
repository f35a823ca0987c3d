import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { buildConnector } from 'undici';
import connectorOf from 'undici/lib/core/connect.js';
import { type AnswerRules, readAsClientsDo } from './answer-heads.ts';
import { StagedError } from './classify-failure.ts';
import { openTunnel } from './proxy-tunnel.ts';
import { tlsLibraries } from './tls-libraries.ts';
import type { TlsSettings, Trusted } from './tls-settings.ts';

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
export function createConnector(settings: TlsSettings, timeout: number, rules: AnswerRules): Connector {
  const abandoning = new Set<(why: Error) => void>();
  const plain = connectorOf({ timeout: 0 }) as Connect;
  let secure: Secure | null = null;
  /** Reading the certificates takes a while, so it waits for the first https server. */
  const forTls = () => (secure ??= secureWith(settings));

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
    const tlsSide = options.protocol === 'https:' ? forTls() : null;
    if (tlsSide?.kind === 'unusable') {
      setUp.done(tlsSide.error, null);
      return;
    }
    const connect = tlsSide?.connect ?? plain;
    setUp.hold(
      connect(options, (...result) => {
        if (result[0] === null) setUp.done(null, result[1]);
        else setUp.done(result[0], null);
      }),
    );
  }

  return {
    direct: (options, callback) =>
      supervise(options.hostname, answering(callback, rules), (setUp) => connectWith(options, setUp)),
    through: (proxy, authorization) => (options, callback) =>
      supervise(`${options.hostname} through the proxy`, answering(callback, rules), (setUp) => {
        const secured = options.protocol === 'https:';
        const tlsSide = secured || proxy.protocol === 'https:' ? forTls() : null;
        if (tlsSide?.kind === 'unusable') {
          setUp.done(tlsSide.error, null);
          return;
        }
        const host = options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname;
        const target = `${host}:${options.port || (secured ? '443' : '80')}`;
        const trust = tlsSide?.trust ?? {};
        const tunnel = openTunnel({ proxy, authorization, target, trust }, (result) => {
          if (result instanceof StagedError) setUp.done(result, null);
          else if (secured) connectWith({ ...options, httpSocket: result }, setUp);
          else setUp.done(null, result);
        });
        setUp.hold(tunnel);
      }),
    close() {
      for (const abandon of [...abandoning]) abandon(new Error('closed'));
    },
  };
}

type Connect = (...given: Parameters<buildConnector.connector>) => Socket;
type Trust = SecureContextOptions & { rejectUnauthorized: boolean };
/** How https connections come about, or what is missing for them, before anything is connected. */
type Secure = { kind: 'usable'; trust: Trust; connect: Connect } | { kind: 'unusable'; error: StagedError };

function secureWith(settings: TlsSettings): Secure {
  if (settings.kind === 'unusable')
    return { kind: 'unusable', error: new StagedError('tls', settings.code, settings.why) };
  const { rejectUnauthorized, trusted, rule, certificate } = settings;
  try {
    const context =
      trusted === null && certificate === undefined
        ? {}
        : {
            secureContext: nodeTls().createSecureContext({
              ...authorities(trusted),
              ...certificate,
              ...tlsLibraries[rule]?.context,
            }),
          };
    const trust = { rejectUnauthorized, ...context, ...tlsLibraries[rule]?.checks };
    return { kind: 'usable', trust, connect: connectorOf({ ...trust, timeout: 0 }) as Connect };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'malformed certificate';
    return {
      kind: 'unusable',
      error: new StagedError('tls', 'CA_MALFORMED', `certificate settings: ${why}`),
    };
  }
}

function authorities(trusted: Trusted | null): SecureContextOptions {
  if (trusted === null) return {};
  const { beside, system, certificates } = trusted;
  const tls = nodeTls();
  const list = (tls as { getCACertificates?: (type: 'default' | 'system') => readonly string[] })
    .getCACertificates;
  const others = {
    'those-of-node': () => list?.('default') ?? tls.rootCertificates,
    bundled: () => tls.rootCertificates,
    nothing: () => [],
  }[beside]();
  const ofSystem = system ? (list?.('system') ?? []) : [];
  return { ca: [...others, ...ofSystem, ...certificates] };
}

/** Loaded with the first https server. */
const nodeTls = () => process.getBuiltinModule('node:tls');

function answering(callback: Parameters<buildConnector.connector>[1], rules: AnswerRules): Ready {
  return (error, socket) => {
    if (socket !== null) {
      readAsClientsDo(socket, rules);
      callback(null, socket);
    } else callback(error ?? new Error('no socket'), null);
  };
}

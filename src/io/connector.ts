import { isIP, connect as openSocket, type Socket } from 'node:net';
import type { ConnectionOptions, SecureContextOptions } from 'node:tls';
import { StagedError } from './classify-failure.ts';
import { openTunnel } from './proxy-tunnel.ts';
import { tlsLibraries } from './tls-libraries.ts';
import type { TlsSettings, Trusted } from './tls-settings.ts';

/** Opens sockets to origins, each within one deadline from name resolution to the end of the TLS handshake. */
export interface Connector {
  direct: Connect;
  /** Connects through a CONNECT tunnel of the proxy. */
  through(proxy: URL, authorization: string | null): Connect;
  /** Gives up everything that is still being set up, and sets up nothing more. */
  close(): void;
}

/** Opens a socket to an origin, that of an https one with TLS; calls back once. */
export type Connect = (origin: URL, ready: Ready) => void;
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
  let closed = false;
  let secure: Secure | null = null;
  /** Reading the certificates takes a while, so it waits for the first https server. */
  const forTls = () => (secure ??= secureWith(settings));

  function supervise(what: string, ready: Ready, start: (setUp: SetUp) => void) {
    if (closed) return ready(new Error('closed'), null);
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

  function connectTo(origin: URL, tunnel: Socket | null, { done, hold }: SetUp) {
    const secured = origin.protocol === 'https:';
    const tlsSide = secured ? forTls() : null;
    if (tlsSide?.kind === 'unusable') return done(tlsSide.error, null);
    const socket = tlsSide
      ? tlsSide.open(hostOf(origin), portOf(origin), tunnel)
      : openSocket({ host: hostOf(origin), port: portOf(origin) });
    hold(socket);
    socket
      .setNoDelay(true)
      .on('error', (error) => done(error, null))
      .once(secured ? 'secureConnect' : 'connect', () => done(null, socket));
  }

  return {
    direct: (origin, ready) => supervise(origin.hostname, ready, (setUp) => connectTo(origin, null, setUp)),
    through: (proxy, authorization) => (origin, ready) =>
      supervise(`${origin.hostname} through the proxy`, ready, (setUp) => {
        const secured = origin.protocol === 'https:';
        const tlsSide = secured || proxy.protocol === 'https:' ? forTls() : null;
        if (tlsSide?.kind === 'unusable') return setUp.done(tlsSide.error, null);
        const target = `${origin.hostname}:${portOf(origin)}`;
        const trust = tlsSide?.trust ?? {};
        const tunnel = openTunnel({ proxy, authorization, target, trust }, (result) => {
          if (result instanceof StagedError) setUp.done(result, null);
          else if (secured) connectTo(origin, result, setUp);
          else setUp.done(null, result);
        });
        setUp.hold(tunnel);
      }),
    close() {
      closed = true;
      for (const abandon of [...abandoning]) abandon(new Error('closed'));
    },
  };
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

type Trust = SecureContextOptions & { rejectUnauthorized: boolean };
/** How https connections come about, or what is missing for them, before anything is connected. */
type Secure =
  | {
      kind: 'usable';
      trust: Trust;
      open(host: string, port: number, tunnel: Socket | null): Socket;
    }
  | { kind: 'unusable'; error: StagedError };

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
    return { kind: 'usable', trust, open: tlsSockets(trust) };
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

/** Opens TLS connections, of which each takes up the session of an earlier one to its host: a full handshake takes both sides a while. */
function tlsSockets(trust: Trust): Extract<Secure, { kind: 'usable' }>['open'] {
  const sessions = new Map<string, Buffer>();
  return (host, port, tunnel) => {
    const place = `${host}:${port}`;
    const session = sessions.get(place);
    const options: ConnectionOptions = {
      ...trust,
      host,
      port,
      ALPNProtocols: ['http/1.1'],
      ...(isIP(host) === 0 && { servername: host }),
      ...(tunnel !== null && { socket: tunnel }),
      ...(session !== undefined && { session }),
    };
    return nodeTls()
      .connect(options)
      .on('session', (known) => sessions.set(place, known))
      .on('error', () => sessions.delete(place));
  };
}

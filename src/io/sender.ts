import { setMaxListeners } from 'node:events';
import type { Agent } from 'node:http';
import type { ClientNetwork, ContentEncoding } from '../domain/client-network.ts';
import type { ExemptionRule } from '../domain/exemption-rule.ts';
import type { Question } from '../domain/probe.ts';
import { classifyFailure } from './classify-failure.ts';
import type { Clock } from './clock.ts';
import { createConnector } from './connector.ts';
import { type AnswerRules, type Exchange, exchange } from './exchange.ts';
import { createLane, type Lane } from './lane.ts';
import { type EnvironmentVariables, type Route, routeTo } from './proxy-settings.ts';
import { proxyRefusal } from './proxy-tunnel.ts';
import { retryDelay } from './retry.ts';
import type { TlsSettings } from './tls-settings.ts';

/** How much longer than other bodies a tarball may take: package managers wait minutes for one. */
const tarballPatience = 6;

export interface SenderOptions {
  timeout: number;
  retries: number;
  /** Connections for each origin. */
  connections: number;
  /** Most milliseconds that one question may spend waiting between its attempts. */
  patience: number;
  tls: TlsSettings;
  network: ClientNetwork | null;
  env: EnvironmentVariables;
  exemptions: ExemptionRule;
  clock: Clock;
  reroute: (origin: string) => string;
}

/** What the requests of one question share: attempts made so far and milliseconds waited between them. */
export interface Allowance {
  attempts: number;
  waited: number;
}

/** One request of a question. `wants` is asked whether the body of an answer with this head is to be kept. */
export interface Sending {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Sent as POST with this body; only for senders without retries. */
  post?: string;
  read: Question['read'];
  wants(status: number, headers: Readonly<Record<string, string>>): boolean;
}

/** Sends requests over few connections, along the proxies, again where that may help. Nothing throws. */
export interface Sender {
  /** The end of a request and its retries, `null` when the sender was closed meanwhile. */
  send(sending: Sending, allowance: Allowance): Promise<Exchange | null>;
  usage(): { count: number; bytes: number };
  close(): void;
}

export function createSender(options: SenderOptions): Sender {
  const connector = createConnector(options.tls, options.timeout);
  const rules: AnswerRules = {
    interim: options.network?.refusesContinue ? 'refused' : 'passed-over',
    reset: options.network?.endsAtReset ? 'ends-body' : 'breaks-body',
    behind: options.network?.readsNoFurther ? 'unread' : 'breaks-body',
    ...(options.network?.longestHead && { head: options.network.longestHead }),
  };
  const lanes = new Map<string, Lane>();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let count = 0;
  let bytes = 0;

  const isTunnelled = (origin: string) =>
    origin.startsWith('https:') || options.network?.tunnelsHttp === true;

  /** A plain proxy is asked for whole http URLs; for https, and all that the client tunnels, it opens a tunnel for each origin. */
  function laneFor(origin: string, route: Route): Lane {
    const proxy = route.kind === 'proxy' ? route : null;
    const tunnelled = isTunnelled(origin);
    const laneOrigin = proxy !== null && !tunnelled ? proxy.url.origin : origin;
    const key = `${laneOrigin} ${proxy !== null}`;
    const found = lanes.get(key);
    if (found !== undefined) return found;
    const connect =
      proxy !== null && tunnelled ? connector.through(proxy.url, proxy.authorization) : connector.direct;
    const lane = createLane(laneOrigin, options.connections, connect);
    lanes.set(key, lane);
    return lane;
  }

  async function once(sending: Sending, isLost: boolean): Promise<Exchange | null> {
    const { url } = sending;
    const origin = options.reroute(url.origin);
    const route: Route =
      origin === url.origin
        ? routeTo(url, options.network, options.env, options.exemptions)
        : { kind: 'direct' };
    if (route.kind === 'unusable') {
      const failure = { stage: 'proxy', code: route.code, message: route.why, transient: false } as const;
      return { kind: 'failed', failure };
    }
    if (options.network?.looksUpAddresses && route.kind === 'direct' && url.hostname.startsWith('[')) {
      const message = `getaddrinfo ENOTFOUND ${url.hostname}`;
      return { kind: 'failed', failure: { stage: 'dns', code: 'ENOTFOUND', message, transient: false } };
    }
    const lane = laneFor(origin, route);
    const turn = await lane.turn();
    if (turn === null) return null;
    try {
      const failure = lane.givenUp();
      if (failure !== null) return { kind: 'failed', failure };
      const plainProxy = route.kind === 'proxy' && !isTunnelled(origin) ? route : null;
      const over = (agent: Agent) => {
        count += 1;
        return exchange({
          agent,
          path: `${plainProxy === null ? '' : url.origin}${url.pathname}${url.search}`,
          headers: {
            host: url.host,
            ...sending.headers,
            ...(plainProxy?.authorization ? { 'proxy-authorization': plainProxy.authorization } : {}),
          },
          ...(sending.post === undefined ? {} : { post: sending.post }),
          timeout: options.timeout,
          bodyTimeout: options.timeout * (sending.read.kind === 'digest' ? tarballPatience : 1),
          read: sending.read,
          rules,
          decodes: decodedFor(options.network, sending.read.kind),
          wants: sending.wants,
          count: (received) => {
            bytes += received;
          },
        });
      };
      const first = await over(isLost ? turn.fresh : turn.agent);
      const end = isLeftOver(first) && sending.post === undefined ? await over(turn.fresh) : first;
      const heard = plainProxy === null ? end : throughPlainProxy(plainProxy.url, end);
      const judged = route.kind === 'proxy' ? passedBy(route.url, heard) : heard;
      lane.note(judged.kind === 'failed' ? judged.failure : null);
      return judged;
    } finally {
      turn.end();
    }
  }

  return {
    async send(sending, allowance) {
      for (let isLost = false; ; ) {
        const result = await once(sending, isLost);
        if (result === null || closing.signal.aborted) return null;
        const retry = allowance.attempts - 1;
        const delay = retry < options.retries ? retryDelay(result, retry, options.clock.now()) : null;
        if (delay === null || allowance.waited + delay > options.patience) return result;
        isLost = result.kind === 'failed';
        allowance.waited += delay;
        allowance.attempts += 1;
        await options.clock.wait(delay, closing.signal);
        if (closing.signal.aborted) return null;
      }
    },
    usage: () => ({ count, bytes }),
    close() {
      closing.abort();
      connector.close();
      for (const lane of lanes.values()) lane.close();
    },
  };
}

/** A server may end a connection that was kept just when a request goes out, which may be sent once more then (RFC 9110, section 9.2.2). */
function isLeftOver(end: Exchange): boolean {
  return end.kind === 'failed' && end.reused === true && end.failure.stage === 'reset';
}

/** The content encodings that a client takes off what is read as text, or as a digest, which a tarball is. */
export function decodedFor(
  network: ClientNetwork | null,
  kind: Question['read']['kind'],
): readonly ContentEncoding[] {
  const usual = network?.decodes ?? ['gzip', 'x-gzip', 'deflate', 'br'];
  return kind === 'digest' ? (network?.decodesTarballs ?? usual) : usual;
}

function passedBy(proxy: URL, end: Exchange): Exchange {
  return end.kind === 'failed' ? { kind: 'failed', failure: { ...end.failure, proxy: proxy.host } } : end;
}

/** Only a proxy answers 407, and a connection that does not come about is the one to the proxy. */
function throughPlainProxy(proxy: URL, end: Exchange): Exchange {
  if (end.kind === 'failed') {
    const { stage, message } = end.failure;
    if (stage !== 'dns' && stage !== 'connect') return end;
    const failure = { ...end.failure, stage: 'proxy', message: `proxy ${proxy.host}: ${message}` } as const;
    return { kind: 'failed', failure };
  }
  if (end.status !== 407) return end;
  return { kind: 'failed', failure: classifyFailure(proxyRefusal(proxy, 407), false) };
}

import { createHash } from 'node:crypto';
import type { Hop, Outcome, Question } from '../domain/probe.ts';
import { credentialHeader } from './authorization-header.ts';
import { classifyFailure, type Failure } from './classify-failure.ts';
import { type Clock, systemClock } from './clock.ts';
import { closed, type Http, type HttpOptions } from './http.ts';
import { type Redirect, redirectOf } from './redirect-rule.ts';
import { reportableHeaders } from './reportable-headers.ts';
import { createSender, decodedFor } from './sender.ts';
import { shownUrl } from './shown-url.ts';
import { createStart } from './start-in-turn.ts';
import type { TlsSettings } from './tls-settings.ts';

/**
 * Connections for each origin unless told otherwise: as many as Yarn 2+ opens, a few more than Bun. A connection costs a round trip, so more of
 * them than packages are of no use, and fewer cost a round trip for each wave of requests.
 */
const usualConnections = 50;
/** Of node-fetch and fetch, which most clients are made of. */
const usualRedirects = 20;
/** Clients count redirects only; an address that sends back to itself twice is taken for a circle. */
const mostVisits = 2;

/** What `Http` is made of: what asks and remembers, everything that loading a network library takes. */
export type Asker = Omit<Http, 'tlsProblems'>;

/** See `createHttp`. */
export function createAsker(options: HttpOptions, tls: TlsSettings): Asker {
  const clock = options.clock ?? systemClock;
  const sender = createSender({
    timeout: options.timeout,
    retries: options.retries,
    connections: Math.max(1, Math.floor(options.concurrency ?? usualConnections)),
    patience: options.patience ?? 30_000,
    tls,
    network: options.network,
    env: options.env,
    exemptions: options.exemptions ?? 'general',
    clock,
    reroute: options.reroute ?? ((origin) => origin),
  });
  const standard = ['gzip', 'deflate', 'br'] as const;
  const asksFor = standard.filter((name) => decodedFor(options.network, 'text').includes(name)).join(', ');
  const mostHops = options.network?.mostRedirects ?? usualRedirects;
  const outcomes = new Map<string, Promise<Outcome>>();
  const busy = createStopwatch(clock);
  const start = createStart();
  let open = true;

  async function outcomeOf(question: Question): Promise<Outcome> {
    const beginning = beginningOf(question);
    if (beginning.kind === 'skipped') return beginning;
    await start.inTurn();
    const { read, accept, redirects } = question;
    const fixed = {
      accept,
      'accept-encoding': read.kind === 'text' ? asksFor : 'identity',
      'user-agent': `npmrc-preflight/${options.version}`,
    };
    const allowance = { attempts: 1, waited: 0 };
    const hops: Hop[] = [];
    const visits = new Map<string, number>();
    let { url, credential } = beginning;
    for (;;) {
      const from = url;
      const step = await sender.send(
        {
          url,
          headers: { ...fixed, ...credential },
          read,
          wants: (status, headers) => !isFollowed(redirectOf(status, headers.location, from), redirects),
        },
        allowance,
      );
      const { attempts } = allowance;
      if (step === null) return closed;
      if (step.kind === 'failed')
        return { ...unreachable(step.failure, attempts), ...(hops.length > 0 ? { at: shownUrl(url) } : {}) };
      const redirect = redirectOf(step.status, step.headers.location, url);
      if (redirect.kind === 'unusable') return unreachable(lost(redirect.code, redirect.why), attempts);
      const followed = isFollowed(redirect, redirects);
      if (redirect.kind === 'to') hops.push({ status: step.status, to: redirect.to, followed });
      if (redirect.kind === 'none' || !followed || step.body !== null) {
        if (step.body === null) return unreachable(lost('REDIRECT_INVALID', 'no body was read'), attempts);
        const { status, body } = step;
        const headers = reportableHeaders(step.headers);
        return { kind: 'answered', status, url: shownUrl(url), hops, headers, body, attempts };
      }
      visits.set(url.href, (visits.get(url.href) ?? 0) + 1);
      if (!redirect.samePlace) credential = {};
      url = redirect.url;
      if ((visits.get(url.href) ?? 0) >= mostVisits)
        return unreachable(lost('REDIRECT_LOOP', `redirects lead back to ${redirect.to}`), attempts);
      if (hops.length > mostHops) {
        return unreachable(
          lost('TOO_MANY_REDIRECTS', `more than ${mostHops} redirects, the last to ${redirect.to}`),
          attempts,
        );
      }
    }
  }

  return {
    ask(question) {
      if (!open) return Promise.resolve(closed);
      const key = keyOf(question);
      const known = outcomes.get(key);
      if (known !== undefined) return known;
      busy.start();
      const outcome = outcomeOf(question)
        .catch((error: unknown) => unreachable(classifyFailure(error, false), 1))
        .finally(busy.stop);
      outcomes.set(key, outcome);
      return outcome;
    },
    underWay: () => start.allBegun(),
    stats: () => ({ ...sender.usage(), ms: busy.total() }),
    async close() {
      open = false;
      sender.close();
    },
  };
}

function isFollowed(redirect: Redirect, redirects: Question['redirects']): boolean {
  return redirect.kind === 'to' && (redirect.samePlace || redirects === 'all');
}

type Beginning =
  | { kind: 'ready'; url: URL; credential: Readonly<Record<string, string>> }
  | { kind: 'skipped'; why: string };

function beginningOf(question: Question): Beginning {
  let url: URL;
  try {
    url = new URL(question.url);
  } catch {
    return { kind: 'skipped', why: 'the URL is malformed' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'skipped', why: 'the URL is neither http nor https' };
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  const header = credentialHeader(question.authorization);
  if (header.kind === 'unsendable') return { kind: 'skipped', why: header.why };
  return { kind: 'ready', url, credential: header.kind === 'none' ? {} : { [header.name]: header.value } };
}

/** Equal for questions that send the same request and read the answer alike, whatever probe asks. */
function keyOf(question: Question): string {
  const { url, authorization, accept, read, redirects } = question;
  const { identity } = credentialHeader(authorization);
  return createHash('sha256')
    .update(JSON.stringify([url, identity, accept, read, redirects]))
    .digest('base64');
}

function lost(code: string, message: string): Failure {
  return { stage: 'redirects', code, message, transient: false };
}

function unreachable({ stage, code, message, proxy }: Failure, attempts: number): Outcome {
  return { kind: 'unreachable', stage, code, message, attempts, ...(proxy === undefined ? {} : { proxy }) };
}

/** Adds up the time during which at least one thing is under way. */
function createStopwatch(clock: Clock) {
  let active = 0;
  let since = 0;
  let sum = 0;
  return {
    start() {
      if (active === 0) since = clock.now();
      active += 1;
    },
    stop() {
      active -= 1;
      if (active === 0) sum += clock.now() - since;
    },
    total: () => sum + (active > 0 ? clock.now() - since : 0),
  };
}

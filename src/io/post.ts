import { bodyJson } from '../domain/body-json.ts';
import type { Authorization } from '../domain/credential.ts';
import { type Outcome, serverMessage } from '../domain/probe.ts';
import { recordOf } from '../domain/record.ts';
import { credentialHeader } from './authorization-header.ts';
import { systemClock } from './clock.ts';
import { fileReader } from './files.ts';
import type { HttpOptions } from './http.ts';
import type { Sender, SenderOptions } from './sender.ts';
import { tlsSettings } from './tls-settings.ts';

/** A request that changes something: its fields go out as a JSON object. */
export interface Post {
  url: string;
  authorization: Authorization;
  fields: Readonly<Record<string, string | number>>;
}

/**
 * What came of it. `answered`: with the server's own words, `null` for none, and the JSON object of the answer, an empty one for none.
 * `not-sent`: nothing left this machine. `unknown`: it may have been carried out although no answer came.
 */
export type PostOutcome =
  | { kind: 'answered'; status: number; message: string | null; fields: Readonly<Record<string, unknown>> }
  | { kind: 'not-sent'; why: string }
  | { kind: 'unknown'; why: string };

/** Sends requests that change something. No method throws or rejects. */
export interface Poster {
  post(request: Post): Promise<PostOutcome>;
  close(): Promise<void>;
}

/** `origin`: the only one that anything is sent to. */
export type PosterOptions = Pick<
  HttpOptions,
  'version' | 'timeout' | 'env' | 'network' | 'exemptions' | 'files' | 'reroute'
> & { origin: string };

const answerLimit = 64 * 1024;
/** Failures of these stages come before the first byte of the request. */
const beforeSending: ReadonlySet<string> = new Set(['dns', 'connect', 'handshake', 'tls', 'proxy']);

/**
 * The one way to change anything on a server: POST, to one origin, once. A request is never sent again and no redirect is followed,
 * since nobody knows what a lost answer would have said.
 */
export function createPoster(options: PosterOptions): Poster {
  const { network, env, timeout } = options;
  const sending: SenderOptions = {
    timeout,
    retries: 0,
    connections: 1,
    patience: 0,
    tls: tlsSettings({
      network,
      env,
      files: options.files ?? fileReader,
      startedWith: process.env.NODE_EXTRA_CA_CERTS,
      trustCiServerCa: false,
    }),
    network,
    env,
    exemptions: options.exemptions ?? 'general',
    clock: systemClock,
    reroute: options.reroute ?? ((origin) => origin),
  };
  let loading: Promise<Sender> | null = null;
  const load = async () => {
    const { createSender } = await import('./sender.ts');
    return createSender(sending);
  };
  return {
    async post({ url: text, authorization, fields }) {
      const url = URL.canParse(text) ? new URL(text) : null;
      if (url === null || url.origin !== options.origin || url.username !== '' || url.password !== '')
        return { kind: 'not-sent', why: 'it is not for the server of this job' };
      const header = credentialHeader(authorization);
      if (header.kind !== 'header')
        return { kind: 'not-sent', why: header.kind === 'none' ? 'there is no credential' : header.why };
      loading ??= load();
      const end = await (await loading).send(
        {
          url,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'user-agent': `npmrc-preflight/${options.version}`,
            [header.name]: header.value,
          },
          post: JSON.stringify(fields),
          read: { kind: 'text', limit: answerLimit },
          wants: () => true,
        },
        { attempts: 1, waited: 0 },
      );
      if (end === null) return { kind: 'unknown', why: 'the run ended before it was answered' };
      if (end.kind === 'failed') {
        const { stage, message } = end.failure;
        return { kind: beforeSending.has(stage) ? 'not-sent' : 'unknown', why: message };
      }
      return { kind: 'answered', status: end.status, ...readBody(end.status, end.body) };
    },
    close: async () => (await loading)?.close(),
  };
}

function readBody(
  status: number,
  body: (Outcome & { kind: 'answered' })['body'] | null,
): Pick<PostOutcome & { kind: 'answered' }, 'message' | 'fields'> {
  if (body === null) return { message: null, fields: {} };
  const outcome: Outcome = { kind: 'answered', status, url: '', hops: [], headers: {}, body, attempts: 1 };
  return { message: serverMessage(outcome), fields: recordOf(bodyJson(body)) };
}

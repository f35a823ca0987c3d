import type { Hop, Outcome, Question } from '../../src/domain/probe.ts';
import { type CredentialHeader, credentialHeader } from '../../src/io/authorization-header.ts';
import type { Http } from '../../src/io/http.ts';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { shownUrl } from '../../src/io/shown-url.ts';
import { dispatch } from '../../src/simulator/dispatch.ts';
import type { GitLabModel } from '../../src/simulator/model.ts';
import type { Reply } from '../../src/simulator/reply.ts';
import { Store } from '../../src/simulator/store.ts';
import { gitlabOf, serverUrl } from './proof-gitlab.ts';
import type { ProofState } from './proof-state.ts';

type Header = readonly [name: string, value: string] | null;

/** An embedded GitLab, asked without a socket. What was answered once is kept. */
export interface DirectGitLab {
  /** Its address, which is an origin. */
  url: string;
  get(url: string, header: Header): Reply;
  /** A number for what the reply says: two replies that say the same have one. */
  said(url: string, header: Header): number;
}

/** The GitLab of one state of the proof. */
export function directGitLab(state: ProofState): DirectGitLab {
  return directServer(gitlabOf(state), serverUrl);
}

/** A GitLab of its own, known by an origin. */
export function directServer(model: GitLabModel, at: string): DirectGitLab {
  const store = new Store(model);
  const known = new Map<string, { reply: Reply; said: number }>();
  const asked = (url: string, header: Header) => {
    const key = header === null ? url : `${url} ${header[1]}`;
    const before = known.get(key);
    if (before) return before;
    const { pathname, searchParams } = parsed(url);
    const reply = dispatch({
      method: 'GET',
      path: pathname,
      headers: header ? { [header[0]]: header[1] } : {},
      query: searchParams,
      body: noBody,
      store,
      externalUrl: at,
      publicRegistry: 'https://public-registry.example',
      objectStorage: null,
    });
    const fresh = { reply, said: numberOf(replyText(reply)) };
    known.set(key, fresh);
    return fresh;
  };
  return {
    url: at,
    get: (url, header) => asked(url, header).reply,
    said: (url, header) => asked(url, header).said,
  };
}

/** The GitLabs of many states, each with what it said before: they do not depend on what only the client knows. */
export class GitLabs {
  readonly #known = new Map<string, DirectGitLab>();

  of(state: ProofState): DirectGitLab {
    const { prefix: _prefix, lockfile: _lockfile, config: _config, ...rest } = state;
    const key = Object.values(rest).join(' ');
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= mostGitLabs) this.#known.clear();
    const fresh = directGitLab(state);
    this.#known.set(key, fresh);
    return fresh;
  }
}

const mostGitLabs = 5_000;

const numbers = new Map<string, number>();

function numberOf(text: string): number {
  const known = numbers.get(text) ?? numbers.size;
  numbers.set(text, known);
  return known;
}

const noBody = Buffer.alloc(0);

/** The states of a proof are asked the same few hundred addresses over and over. */
const parsedUrls = new Map<string, URL>();

function parsed(url: string): URL {
  const known = parsedUrls.get(url);
  if (known) return known;
  const fresh = new URL(url);
  parsedUrls.set(url, fresh);
  return fresh;
}

/** What comes of a question, as `createHttp` puts it; every reply is whole, and no redirect of the embedded GitLab is followed. */
export function outcomeOf(gitlab: DirectGitLab, question: Question): Outcome {
  const url = parsed(question.url);
  if (url.origin !== gitlab.url) {
    return { kind: 'unreachable', stage: 'dns', code: 'ENOTFOUND', message: 'no such host', attempts: 1 };
  }
  const header = headerOf(question);
  if (header.kind === 'unsendable') return { kind: 'skipped', why: header.why };
  const reply = gitlab.get(question.url, header.kind === 'none' ? null : [header.name, header.value]);
  const redirect = redirectOf(reply.status, reply.headers.location, url);
  return answered(question, reply, {
    url,
    hops: redirect.kind === 'to' ? [{ status: reply.status, to: redirect.to, followed: false }] : [],
  });
}

/** A simulator's whole reply as the outcome of a question. */
export function answered(
  { read }: Question,
  { status, headers, body }: Pick<Reply, 'status' | 'headers' | 'body'>,
  { url, hops }: { url: URL; hops: readonly Hop[] },
): Outcome {
  const bytes = Buffer.from(body ?? '');
  return {
    kind: 'answered',
    status,
    url: shownUrl(url),
    hops,
    headers,
    body:
      read.kind === 'text'
        ? { kind: 'text', text: bytes.toString('utf8'), complete: true }
        : {
            kind: 'digest',
            bytes: bytes.length,
            complete: true,
            gzip: bytes[0] === 0x1f && bytes[1] === 0x8b,
            excerpt: status === 200 ? '' : bytes.toString('utf8'),
            digests: {},
          },
    attempts: 1,
  };
}

/** A number for what comes of a question: two outcomes with one number are equal. */
export function outcomeNumber(gitlab: DirectGitLab, question: Question): number {
  if (parsed(question.url).origin !== gitlab.url) return -1;
  const header = headerOf(question);
  if (header.kind === 'unsendable') return -1;
  return gitlab.said(question.url, header.kind === 'none' ? null : [header.name, header.value]);
}

const headers = new WeakMap<Question, CredentialHeader>();

/** The header of a question, made once: the same question is put to thousands of states. */
export function headerOf(question: Question): CredentialHeader {
  const known = headers.get(question);
  if (known) return known;
  const fresh = credentialHeader(question.authorization);
  headers.set(question, fresh);
  return fresh;
}

/** A reply in one text: two that are equal say the same. */
function replyText({ status, headers, body }: Reply): string {
  return `${status} ${headers.location ?? ''} ${typeof body === 'string' ? body : (body?.length ?? '')}`;
}

/** The HTTP edge over answers by `ask`. */
export function httpOver(ask: (question: Question) => Outcome): Http {
  let count = 0;
  return {
    tlsProblems: [],
    underWay: async () => {},
    async ask(question) {
      count += 1;
      return ask(question);
    },
    stats: () => ({ count, bytes: 0, ms: 0 }),
    close: async () => {},
  };
}

import type { Outcome, Question } from '../../src/domain/probe.ts';
import { credentialHeader } from '../../src/io/authorization-header.ts';
import type { Http } from '../../src/io/http.ts';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { shownUrl } from '../../src/io/shown-url.ts';
import { dispatch } from '../../src/simulator/dispatch.ts';
import type { Reply } from '../../src/simulator/reply.ts';
import { Store } from '../../src/simulator/store.ts';
import { gitlabOf, serverUrl } from './proof-gitlab.ts';
import type { ProofState } from './proof-state.ts';

/** The embedded GitLab of one state, asked without a socket. */
export interface DirectGitLab {
  get(url: string, header: readonly [name: string, value: string] | null): Reply;
}

export function directGitLab(state: ProofState): DirectGitLab {
  const store = new Store(gitlabOf(state));
  const known = new Map<string, Reply>();
  return {
    get(url, header) {
      const key = `${url} ${header}`;
      const before = known.get(key);
      if (before) return before;
      const { pathname, searchParams } = new URL(url);
      const reply = dispatch({
        method: 'GET',
        path: pathname,
        headers: header ? { [header[0]]: header[1] } : {},
        query: searchParams,
        body: noBody,
        store,
        externalUrl: serverUrl,
        publicRegistry: 'https://public-registry.example',
        objectStorage: null,
      });
      known.set(key, reply);
      return reply;
    },
  };
}

const noBody = Buffer.alloc(0);

/** What comes of a question, as `createHttp` puts it; every reply is whole, and no redirect of the embedded GitLab is followed. */
export function outcomeOf(gitlab: DirectGitLab, question: Question): Outcome {
  const url = new URL(question.url);
  if (url.origin !== serverUrl) {
    return { kind: 'unreachable', stage: 'dns', code: 'ENOTFOUND', message: 'no such host', attempts: 1 };
  }
  const header = credentialHeader(question.authorization);
  if (header.kind === 'unsendable') return { kind: 'skipped', why: header.why };
  const reply = gitlab.get(question.url, header.kind === 'none' ? null : [header.name, header.value]);
  const redirect = redirectOf(reply.status, reply.headers.location, url);
  const bytes = Buffer.from(reply.body ?? '');
  return {
    kind: 'answered',
    status: reply.status,
    url: shownUrl(url),
    hops: redirect.kind === 'to' ? [{ status: reply.status, to: redirect.to, followed: false }] : [],
    headers: reply.headers,
    body:
      question.read.kind === 'text'
        ? { kind: 'text', text: bytes.toString('utf8'), complete: true }
        : {
            kind: 'digest',
            bytes: bytes.length,
            complete: true,
            gzip: bytes[0] === 0x1f && bytes[1] === 0x8b,
            excerpt: reply.status === 200 ? '' : bytes.toString('utf8'),
            digests: {},
          },
    attempts: 1,
  };
}

/** A reply in one text: two that are equal say the same. */
export function replyText({ status, headers, body }: Reply): string {
  return `${status} ${headers.location ?? ''} ${typeof body === 'string' ? body : (body?.length ?? '')}`;
}

/** The HTTP edge over answers by `ask`. */
export function httpOver(ask: (question: Question) => Outcome): Http {
  let count = 0;
  return {
    tlsProblems: [],
    async ask(question) {
      count += 1;
      return ask(question);
    },
    stats: () => ({ count, bytes: 0, ms: 0 }),
    close: async () => {},
  };
}

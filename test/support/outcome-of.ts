import type { Hop, Outcome, Question } from '../../src/domain/probe.ts';
import { credentialHeader } from '../../src/io/authorization-header.ts';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { answered } from '../proof/direct-http.ts';

/** What is answered to a URL and an `Authorization`; `null` where no such server is. */
export type Answers = (url: URL, authorization: string | undefined) => Parameters<typeof answered>[1] | null;

/** What comes of a question that is asked without a socket, as `createHttp` puts it: redirects to another place are followed without the credential. */
export function outcomeOf(answers: Answers, question: Question): Outcome {
  const header = credentialHeader(question.authorization);
  if (header.kind === 'unsendable') return { kind: 'skipped', why: header.why };
  let authorization = header.kind === 'header' && header.name === 'authorization' ? header.value : undefined;
  let url = new URL(question.url);
  const hops: Hop[] = [];
  for (;;) {
    const reply = answers(url, authorization);
    if (reply === null)
      return { kind: 'unreachable', stage: 'dns', code: 'ENOTFOUND', message: 'no such host', attempts: 1 };
    const redirect = redirectOf(reply.status, reply.headers.location, url);
    const followed = redirect.kind === 'to' && (redirect.samePlace || question.redirects === 'all');
    if (redirect.kind === 'to') hops.push({ status: reply.status, to: redirect.to, followed });
    if (redirect.kind === 'to' && followed) {
      if (!redirect.samePlace) authorization = undefined;
      url = redirect.url;
      continue;
    }
    return answered(question, reply, { url, hops });
  }
}

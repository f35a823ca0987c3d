import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { Hop, Outcome, Question } from '../../src/domain/probe.ts';
import type { Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import { credentialHeader } from '../../src/io/authorization-header.ts';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { answered, httpOver } from '../proof/direct-http.ts';
import { genericReply, type ServerReply } from './generic-server.ts';
import { type State, type StateWorld, serverOf, worldOf } from './generic-state.ts';

/** What is answered to a URL and an `Authorization`; `null` where no such server is. */
export type Answers = (url: URL, authorization: string | undefined) => ServerReply | null;

/** The whole run over a state, its servers asked without a socket. */
export async function reportOf(
  state: State,
  world: StateWorld = worldOf(state),
  answers: Answers = (url, authorization) => genericReply(serverOf(state), url, authorization),
): Promise<{ report: Report; asked: readonly Question[]; notices: readonly string[] }> {
  const reading = readInputs({ args: new Map(state.named ? [['scopes', ['@corp']]] : []), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.kind);
  const asked: Question[] = [];
  const plain = scenarioWorld(world, '0.0.0-test', (origin) => origin);
  const result = await preflight(
    {
      ...plain,
      http: () =>
        httpOver((question) => {
          asked.push(question);
          return outcomeOf(answers, question);
        }),
    },
    { command: 'verify', inputs: reading.inputs, dryRun: false, offline: false },
  );
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  return { report: result.report, asked, notices: result.notices };
}

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

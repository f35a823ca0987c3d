import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { Hop, Outcome, Question } from '../../src/domain/probe.ts';
import type { Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import { credentialHeader } from '../../src/io/authorization-header.ts';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { githubAddresses, githubReply } from '../../src/simulator/github/github-reply.ts';
import type { GitHubModel } from '../../src/simulator/github/model.ts';
import { answered, httpOver } from '../proof/direct-http.ts';
import type { TestWorld } from '../scenarios/test-world.ts';

/** The whole run over a world, its GitHub asked without a socket. */
export async function reportOf(world: TestWorld): Promise<Report> {
  const { github } = world;
  if (!github) throw new Error('a world without a GitHub');
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.kind);
  const plain = scenarioWorld(world, '0.0.0-test', (origin) => origin);
  const result = await preflight(
    { ...plain, http: () => httpOver((question) => outcomeOf(github, question)) },
    { command: world.command, inputs: reading.inputs, dryRun: false, offline: false },
  );
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  return result.report;
}

/** What comes of a question, as `createHttp` puts it: redirects of tarballs are followed without the credential. */
function outcomeOf(model: GitHubModel, question: Question): Outcome {
  const addresses = githubAddresses(model);
  const header = credentialHeader(question.authorization);
  let authorization = header.kind === 'header' && header.name === 'authorization' ? header.value : undefined;
  let url = new URL(question.url);
  const hops: Hop[] = [];
  for (;;) {
    const reply = githubReply(model, addresses, url, { method: 'GET', authorization });
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

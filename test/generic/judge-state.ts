import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { Question } from '../../src/domain/probe.ts';
import type { Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import { httpOver } from '../proof/direct-http.ts';
import { type Answers, outcomeOf } from '../support/outcome-of.ts';
import { genericReply } from './generic-server.ts';
import { type State, type StateWorld, serverOf, worldOf } from './generic-state.ts';

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

import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import { githubAddresses, githubReply } from '../../src/simulator/github/github-reply.ts';
import { httpOver } from '../proof/direct-http.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { outcomeOf } from '../support/outcome-of.ts';

/** The whole run over a world, its GitHub asked without a socket. */
export async function reportOf(world: TestWorld): Promise<Report> {
  const { github } = world;
  if (!github) throw new Error('a world without a GitHub');
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.kind);
  const addresses = githubAddresses(github);
  const plain = scenarioWorld(world, '0.0.0-test', (origin) => origin);
  const result = await preflight(
    {
      ...plain,
      http: () =>
        httpOver((question) =>
          outcomeOf(
            (url, authorization) => githubReply(github, addresses, url, { method: 'GET', authorization }),
            question,
          ),
        ),
    },
    { command: world.command, inputs: reading.inputs, dryRun: false, offline: false },
  );
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  return result.report;
}

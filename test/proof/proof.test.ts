import { expect, it } from 'vitest';
import type { Question } from '../../src/domain/probe.ts';
import type { Report } from '../../src/domain/report.ts';
import { createHttp } from '../../src/io/http.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';
import { directGitLab, httpOver, outcomeOf } from './direct-http.ts';
import { serverUrl } from './proof-gitlab.ts';
import { statesOf } from './proof-space.ts';
import { type ProofState, seeded } from './proof-state.ts';
import { reportOf, SharedRuns, scenarioOf } from './proof-world.ts';
import { chosenBlocks, families, figureLines } from './prove.ts';
import { noFigures, proveBlocks, sum } from './prove-block.ts';

const sample = Number(process.env.PROOF_SAMPLE ?? 20_000);
const seed = Number(process.env.PROOF_SEED ?? 20);

/** Part of the failing states of this seed whose shared cause may go unconfirmed; other blocks have more (docs/evidence.md). */
const mostBelowLimit = 0.004;

it(`is right about ${sample} states of GitLab (seed ${seed})`, async () => {
  let figures = noFigures;
  for (const { blocks } of families(chosenBlocks({ seed, sample, only: '' }))) {
    figures = sum(figures, await proveBlocks(blocks));
  }
  process.stdout.write(`proof, seed ${seed}:\n${figureLines(figures, false).join('\n')}\n`);
  expect(figures.faults).toEqual({});
  expect(figures.failing).toBeGreaterThan(0);
  expect(figures.knowableUnconfirmed / figures.failing).toBeLessThan(mostBelowLimit);
}, 240_000);

it('says of a state without sockets, and of one like it before, what it says over HTTP', async () => {
  for (const block of chosenBlocks({ seed: seed + 1, sample: 60_000, only: '' }).slice(0, 8)) {
    const runs = new SharedRuns();
    for (const state of someOf([...statesOf(block)], seed)) {
      const gitlab = directGitLab(state);
      const start = { state, served: false };
      const real = await overHttp(state);
      const direct = await recorded(state, (question) => outcomeOf(gitlab, question));
      expect(direct, Object.values(state).join(' ')).toEqual(real);
      expect(said(await runs.reportOf(start, gitlab))).toEqual(real.said);
    }
  }
}, 120_000);

function someOf(states: readonly ProofState[], from: number): readonly ProofState[] {
  const random = seeded(from);
  return Array.from({ length: 6 }, () => states[Math.floor(random() * states.length)]).filter(
    (state) => state !== undefined,
  );
}

async function overHttp(state: ProofState) {
  const scenario = scenarioOf({ state, served: false });
  const server = await startGitLab(scenario.gitlab, {
    externalUrl: serverUrl,
    publicRegistry: 'https://public-registry.example',
  });
  const asked = new Set<string>();
  try {
    const http = createHttp({
      version: '0.0.0-test',
      timeout: 10_000,
      retries: 0,
      concurrency: null,
      network: null,
      env: {},
      reroute: () => new URL(server.url).origin,
    });
    const report = await reportOf(scenario, () => ({
      ...http,
      ask: (question) => {
        asked.add(keyOf(question));
        return http.ask(question);
      },
    }));
    return { said: said(report), asked: [...asked] };
  } finally {
    await server.close();
  }
}

async function recorded(state: ProofState, answer: Parameters<typeof httpOver>[0]) {
  const asked = new Set<string>();
  const report = await reportOf(scenarioOf({ state, served: false }), () =>
    httpOver((question) => {
      asked.add(keyOf(question));
      return answer(question);
    }),
  );
  return { said: said(report), asked: [...asked] };
}

function keyOf({ probe, url, authorization }: Question): string {
  return `${probe} ${url} ${authorization.kind}`;
}

/** What a report says of a run: all but times and counts of bytes. */
function said({ verdict, findings, packages }: Report): unknown {
  return { verdict, findings, packages };
}

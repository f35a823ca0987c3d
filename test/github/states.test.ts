import { expect, it } from 'vitest';
import type { Finding, Report } from '../../src/domain/report.ts';
import { seeded } from '../proof/proof-state.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { play } from '../scenarios/play.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { reportOf } from './direct-github.ts';
import { allStates, faultOf, faultsOf, type State, worldOf } from './github-state.ts';

const whole = process.env.GITHUB_STATES === 'all';
const sample = whole ? Number.POSITIVE_INFINITY : 400;
const seed = Number(process.env.GITHUB_SEED ?? 20);
const mostSteps = 6;

function chosen(count: number, from: number): readonly State[] {
  const random = seeded(from);
  const states = [...allStates()].map((state) => ({ state, at: random() }));
  return states
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ state }) => state);
}

it(
  `is right about ${whole ? 'all' : sample} states of GitHub (seed ${seed})`,
  async () => {
    const wrong = new Map<string, string[]>();
    let failing = 0;
    let confirmed = 0;
    for (const state of chosen(sample, seed)) {
      const world = worldOf(state);
      const report = await reportOf(world);
      const fault = faultOf(state);
      const said = [...complaints(state, report), ...(await greenOrWhy(world, report))];
      for (const what of said) wrong.set(what, [...(wrong.get(what) ?? []), JSON.stringify(state)]);
      if (fault !== null) failing += 1;
      if (report.findings.some(({ certainty }) => certainty === 'confirmed')) confirmed += 1;
    }
    process.stdout.write(`GitHub, seed ${seed}: ${failing} failing, ${confirmed} with a confirmed cause\n`);
    expect(
      Object.fromEntries(
        [...wrong].map(([what, states]) => [`${what} (${states.length})`, states.slice(0, 2)]),
      ),
    ).toEqual({});
    expect(failing).toBeGreaterThan(0);
  },
  whole ? 7_200_000 : 240_000,
);

it('says of a state without sockets what it says over HTTP', async () => {
  for (const state of chosen(24, seed + 1)) {
    const world = worldOf(state);
    const [direct, real] = [await reportOf(world), (await play(world)).report];
    expect(
      { verdict: direct.verdict, findings: direct.findings, packages: direct.packages },
      JSON.stringify(state),
    ).toEqual({ verdict: real.verdict, findings: real.findings, packages: real.packages });
  }
}, 60_000);

/** A wrong verdict, a confirmed cause that is none, and a true cause that nobody names. */
function complaints(state: State, { verdict, findings }: Report): readonly string[] {
  const fault = faultOf(state);
  const found: string[] = [];
  if (verdict !== (fault === null ? 'pass' : 'fail')) found.push(`${verdict} where ${fault}`);
  const truth = faultsOf(state);
  for (const { cause, certainty } of findings)
    if (certainty === 'confirmed' && !truth.includes(cause)) found.push(`${cause} confirmed where ${fault}`);
  const named = findings.flatMap(({ cause, alternatives }) => [cause, ...alternatives]);
  if (fault !== null && !named.includes(fault)) found.push(`${named} where ${fault}`);
  return found;
}

/** Carries the remedies out until the run passes; nothing is said of worlds that do. */
async function greenOrWhy(world: TestWorld, report: Report): Promise<readonly string[]> {
  let now = world;
  let last = report;
  const heard: string[] = [];
  for (let step = 0; step < mostSteps && last.verdict !== 'pass'; step += 1) {
    for (const finding of last.findings) {
      const causes =
        finding.certainty === 'confirmed' ? [finding.cause] : [finding.cause, ...finding.alternatives];
      const { edit, ...byHand } = finding.remedy;
      for (const cause of causes)
        now = carriedOut(now, cause === finding.cause ? finding : { ...finding, cause, remedy: byHand });
      heard.push(`${finding.cause} ${finding.certainty}`);
    }
    last = await reportOf(now);
  }
  return last.verdict === 'pass' ? [] : [`never green: ${heard.join(' > ')}`];
}

function carriedOut(world: TestWorld, finding: Finding): TestWorld {
  return applyRemedy(world, finding) ?? world;
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerFaults, faultPlan, truths, ways } from './fault-plan.ts';
import { type FaultsPlayed, failureLine, playFaults } from './play-faults.ts';

/** A sample; `npm run faults -- --seeds 2000 --seed 1` plays more of them. */
const seeds = Array.from({ length: 120 }, (_, at) => at + 1);
const atOnce = 4;

const rejections: unknown[] = [];
const note = (reason: unknown) => rejections.push(reason);
beforeAll(() => {
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
});

test('whatever happens on the way, a run ends, tells no wrong cause, passes only what was whole and lets no token out', async () => {
  const waiting = [...seeds];
  const played: FaultsPlayed[] = [];
  const work = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      played.push(await playFaults(seed));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect(played.filter(({ broken }) => broken.length > 0).map(failureLine)).toEqual([]);
  expect(rejections).toEqual([]);
  // the promises are not kept by saying nothing
  expect([...new Set(played.map(({ exitCode }) => exitCode))].sort()).toEqual([0, 1, 3]);
  const survived = played.filter(({ exitCode, faults }) => exitCode === 0 && faults.length > 0);
  expect(survived.length).toBeGreaterThan(0);
}, 240_000);

test('the seeds reach every truth, way and fault', () => {
  const plans = Array.from({ length: 2000 }, (_, seed) => faultPlan(seed));
  expect(new Set(plans.map(({ truth }) => truth))).toEqual(new Set(truths));
  expect(new Set(plans.map(({ way }) => way))).toEqual(new Set(ways));
  const faults = new Set(
    plans.flatMap((plan) => ['/a', '/b', '/c.tgz'].map((path) => plan.faultOf(path, 0))),
  );
  expect(faults).toEqual(new Set(['none', ...answerFaults]));
});

test('a seed is always the same', () => {
  const drawn = () => {
    const { faultOf, ...plan } = faultPlan(7);
    return JSON.stringify([plan, faultOf('/x', 0), faultOf('/x', 1), faultOf('/y.tgz', 0)]);
  };
  expect(drawn()).toBe(drawn());
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/report.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { findingLine, type Played, play } from '../scenarios/play.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { allUserCases } from './all-user-cases.ts';
import { confirmedCauses } from './confirmed-causes.ts';
import { leftOut } from './left-out.ts';

const cases = await allUserCases();
const played = cases.flatMap(({ ids }) => ids);
const truth = join(
  process.env.NPMRC_PREFLIGHT_TRUTH ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'truth'),
  'user-cases.json',
);
const mostSteps = 3;

describe(`${played.length} of ${Object.keys(confirmedCauses).length} reported failures with a confirmed cause, in ${cases.length} worlds`, () => {
  it.each(cases.map((one) => [`${one.ids.join(', ')}: ${one.world.name}`, one] as const))(
    '%s',
    async (_, { ids, world, remedy, carryOut }) => {
      const before = await play(world);
      const { report, exitCode, text } = before;
      expect({
        verdict: report.verdict,
        exitCode,
        findings: report.findings.map(findingLine).sort(),
      }).toEqual({ ...world.expected, findings: [...world.expected.findings].sort() });
      const named = report.findings.flatMap(({ cause, alternatives }) => [cause, ...alternatives]);
      for (const id of ids) expect(named, id).toContain(confirmedCauses[id]);
      const words = remedyText(report.findings);
      for (const part of remedy)
        if (typeof part === 'string') expect(words).toContain(part);
        else expect(words).toMatch(part);
      await expect(text).toMatchFileSnapshot(`texts/${world.name}.txt`);
      expect((await mended(world, before, carryOut)).report).toMatchObject({ verdict: 'pass', findings: [] });
    },
  );
});

it('says of every report whether it is played, and why not', () => {
  expect([...played, ...Object.keys(leftOut)].sort()).toEqual(Object.keys(confirmedCauses).sort());
});

it.skipIf(!existsSync(truth))('has every report with a confirmed cause of the collection', () => {
  const reports = JSON.parse(readFileSync(truth, 'utf8')) as { id: string; confirmed: boolean }[];
  expect(Object.keys(confirmedCauses)).toEqual(
    reports.filter(({ confirmed }) => confirmed).map(({ id }) => id),
  );
});

/** The run after the remedies: the words' where `carryOut` does them, else each finding's edit or request, its alternatives' included. */
async function mended(
  world: TestWorld,
  before: Played,
  carryOut: ((world: TestWorld) => TestWorld) | undefined,
): Promise<Played> {
  if (carryOut) return play(carryOut(world));
  let now = world;
  let last = before;
  for (let step = 0; step < mostSteps && last.report.findings.length > 0; step += 1) {
    for (const finding of last.report.findings)
      for (const cause of [finding.cause, ...(finding.certainty === 'possible' ? finding.alternatives : [])])
        now = applyRemedy(now, { ...finding, cause }) ?? now;
    last = await play(now);
  }
  return last;
}

function remedyText(findings: readonly Finding[]): string {
  return findings
    .map(({ remedy: { who, summary, steps, edit, command, request, url } }) =>
      [who, summary, ...steps, edit?.after, command, request && JSON.stringify(request), url].join('\n'),
    )
    .join('\n');
}

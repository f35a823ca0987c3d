import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingLine, play } from '../scenarios/play.ts';
import { allUserCases } from './all-user-cases.ts';
import { confirmedCauses } from './confirmed-causes.ts';
import { leftOut } from './left-out.ts';
import { mended, remedyText } from './mended.ts';

const cases = await allUserCases();
const played = cases.flatMap(({ ids }) => ids);
const truth = join(
  process.env.NPMRC_PREFLIGHT_TRUTH ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'truth'),
  'user-cases.json',
);

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

import { expect, it } from 'vitest';
import { onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, situation } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { mended, remedyText } from './mended.ts';

const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;

/** A failure that somebody reported, with what mended it there. */
export interface Reported {
  /** What happened there, in our words. */
  story: string;
  world: TestWorld;
  findings: readonly string[];
  /** What the remedies must hold. */
  remedy: readonly string[];
  /** What they must not hold. */
  without?: readonly string[];
  /** What is printed. */
  says?: readonly string[];
  /** Carries out the remedy where it stands in words; `null`: nothing here can. */
  carryOut?: ((world: TestWorld) => TestWorld) | null;
}

/** A world around a job of GitLab in which everything is granted. */
export function onGitLab(parts: Partial<Parameters<typeof situation>[0]>): TestWorld {
  return situation({ name: 'reported', story: '', expected, gitlab: friends(), ...parts });
}

/** A world around a workflow of GitHub in which everything is granted. */
export function inWorkflow(parts: Partial<Parameters<typeof onGitHub>[0]>): TestWorld {
  return onGitHub({ name: 'reported', story: '', expected, github: openGitHub(), ...parts });
}

/** Tells each of them as it has to be told, and mends it by what the remedy says. */
export function tellAndMend(cases: readonly Reported[]): void {
  it.each(cases.map((one) => [one.story, one] as const))(
    '%s',
    async (_, { world, findings, remedy, without = [], says = [], carryOut }) => {
      const before = await play(world);
      expect(before.report.findings.map(findingLine)).toEqual(findings);
      const words = remedyText(before.report.findings);
      for (const part of remedy) expect(words).toContain(part);
      for (const part of without) expect(words).not.toContain(part);
      for (const part of says) expect(before.text.replace(/\s+/g, ' ')).toContain(part);
      if (carryOut === null) return;
      expect((await mended(world, before, carryOut)).report).toMatchObject({ verdict: 'pass', findings: [] });
    },
  );
}

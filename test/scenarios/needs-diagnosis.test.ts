import { describe, expect, it, vi } from 'vitest';
import { causes } from '../../src/causes/list.ts';
import type { RunFacts } from '../../src/domain/cause.ts';
import type { Case } from '../../src/domain/target.ts';
import { allWorlds } from './all-worlds.ts';
import { play } from './play.ts';

/** What the runs were told without the causes, and what those would have said. */
const told = vi.hoisted(() => ({ plain: 0, missed: [] as string[], spoke: new Set<string>() }));

vi.mock('../../src/steps/needs-diagnosis.ts', async (load) => {
  const real = await load<{ needsDiagnosis(run: RunFacts, cases: readonly Case[]): boolean }>();
  return {
    needsDiagnosis(run: RunFacts, cases: readonly Case[]) {
      // the same configuration where every package comes, too
      for (const some of [cases, []]) {
        const speaking = causes.filter(({ inspect }) => (inspect?.(run, some) ?? []).length > 0);
        const names = speaking.map(({ slug }) => slug);
        if (!real.needsDiagnosis(run, some)) told.missed.push(...names);
        else if (some.length === 0) for (const name of names) told.spoke.add(name);
        if (names.length === 0 && !real.needsDiagnosis(run, some)) told.plain += 1;
      }
      return real.needsDiagnosis(run, cases);
    },
  };
});

describe('a run that loads no causes', () => {
  it('has nothing that any of them would have said of the configuration', { timeout: 120_000 }, async () => {
    for (const world of await allWorlds()) await play(world);
    expect(told.missed).toEqual([]);
    expect(told.plain).toBeGreaterThan(50);
    expect(told.spoke.size).toBeGreaterThan(5);
  });
});

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededChoice } from '../faults/seeded-choice.ts';
import { examplesOf } from './corpus.ts';
import { fuzzTargets } from './fuzz-targets.ts';
import { mutate } from './mutate.ts';

const tests = join(import.meta.dirname, '..');

/** `npm run fuzz` looks for more, guided by which code was reached. */
const mutants = 120;

test('every folder of examples belongs to a parser', () => {
  const folders = readdirSync(join(tests, 'fuzz', 'corpus'));
  const known = Object.entries(fuzzTargets).flatMap(([name, { examples }]) => [
    name,
    ...examples.folders.map((folder) => folder.split('/').at(-1)),
  ]);
  expect(folders.filter((folder) => !known.includes(folder))).toEqual([]);
});

describe.each(Object.entries(fuzzTargets))('%s', (name, target) => {
  const examples = examplesOf(name, tests);

  test('takes every example', () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { path, text } of examples) {
      expect(existsSync(path)).toBe(true);
      expect(target.check(text), path).toEqual([]);
    }
  });

  test('takes what the examples are changed into', () => {
    const texts = examples.map(({ text }) => text);
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(), (index, seed) => {
        const text = mutate(texts[index] ?? '', texts, seededChoice(`${name} ${seed}`));
        expect(target.check(text), JSON.stringify(text)).toEqual([]);
      }),
      { numRuns: mutants },
    );
  });

  test('takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json()), (text) => {
        expect(target.check(text), JSON.stringify(text)).toEqual([]);
      }),
      { numRuns: mutants },
    );
  });
});

import { expect } from 'vitest';
import { findLeaks } from '../../support/leak-scan.ts';
import type { Ending } from './built-program.ts';

/** What no output may hold: traces of a crash, and characters that a terminal or a log acts upon. */
const crashes = [
  /^\s+at .*[:(]\d+:\d+\)?$/m,
  /unhandled|uncaught|node:internal|\[object Object\]|heap out of memory|MaxListeners/i,
  /\b(?:undefined|NaN)\b(?! behaviour)/,
  /\b(?:TypeError|RangeError|ReferenceError|SyntaxError)\b/,
];

/** Everything that a person or a log would get to see of an ending. */
export function printed(ending: Ending): string {
  return `${ending.stdout}${ending.stderr}`;
}

/**
 * What holds for every end of every command: it ends by itself with a code of the contract, prints no trace of a crash, no control or
 * direction-changing character, no line of more than `longest` characters, and nothing of the tokens.
 */
export function expectContract(ending: Ending, tokens: readonly string[] = [], longest = 12_000): void {
  const text = printed(ending);
  const shown = `${ending.args.join(' ').slice(0, 200)}\n${text.slice(0, 3000)}`;
  expect(ending.hung, `still running: ${shown}`).toBe(false);
  expect([0, 1, 2, 3], `exit code ${ending.exitCode} ${ending.signal}: ${shown}`).toContain(ending.exitCode);
  // a word that the caller gave may come back in the message about it
  const given = [...ending.args, ...Object.values(ending.env)].join(' ');
  for (const crash of crashes) {
    const found = text.match(crash)?.[0] ?? null;
    expect(found !== null && given.includes(found) ? null : found, shown).toBeNull();
  }
  const controls = text.replace(/\n/g, '').match(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
  expect(controls?.[0] ?? null, `a control character: ${JSON.stringify(shown)}`).toBeNull();
  const widest = Math.max(...text.split('\n').map((line) => line.length));
  expect(widest, `a line of ${widest} characters: ${shown}`).toBeLessThanOrEqual(longest);
  for (const token of tokens) {
    expect(
      findLeaks(token, { 'standard output': ending.stdout, 'standard error': ending.stderr }),
      shown,
    ).toEqual([]);
  }
}

/** The one line of an error that kept the program from a report, without a hint behind it. */
export function errorLines(ending: Ending): readonly string[] {
  return ending.stderr.split('\n').filter((line) => /^error/.test(line));
}

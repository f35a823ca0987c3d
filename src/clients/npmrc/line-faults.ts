import { keyFaults } from './key-faults.ts';
import {
  type CheckedLine,
  credentialFields,
  type LineCheck,
  type LineFault,
  type LineRules,
} from './line-fault.ts';
import { longestInspected } from './printable-line.ts';
import type { NpmrcEntry } from './read-npmrc.ts';
import { referenceFaults } from './reference-faults.ts';
import type { Variables } from './references.ts';
import { registryFaults } from './registry-faults.ts';
import { shellLeftover } from './shell-leftovers.ts';

/**
 * The first fault of a line that can't mean what it looks like to this client, `null` when there is none. Texts may hold secrets:
 * mask them before they are shown. Sources: measured q07-q12, q22, k48, k07 (npm 6); the rest follows from the grammar.
 */
export function lineFault(entry: NpmrcEntry, rules: LineRules, variables: Variables): LineFault | null {
  if (entry.text.length > longestInspected) return null;
  const text = entry.text.trim();
  const value = entry.value === true ? '' : entry.value;
  const checked: CheckedLine = { entry, text, key: entry.key, value, rules, variables };
  for (const check of checks) {
    const fault = check(checked);
    if (fault) return fault;
  }
  return null;
}

const checks: readonly LineCheck[] = [
  byteOrderMark,
  leftByShell,
  quotedWhole,
  withoutEquals,
  ...keyFaults,
  ...registryFaults,
  ...referenceFaults,
];

function byteOrderMark({ key, rules }: CheckedLine): LineFault | null {
  if (!key.startsWith('\uFEFF')) return null;
  return {
    corrected: null,
    why: `the file begins with a byte order mark, which this version of ${rules.client} takes for a part of the first key`,
    hides: [key.slice(1)],
    step: 'save the file as UTF-8 without a byte order mark',
  };
}

function leftByShell({ text }: CheckedLine): LineFault | null {
  const found = shellLeftover(text);
  if (!found) return null;
  const { kind, lines } = found;
  return {
    corrected: lines.join('\n'),
    why:
      kind === 'break'
        ? 'a line break stands there as \\n, a backslash and a letter'
        : 'an option of echo stands in front of the key',
    step: "where a job writes the file: echo differs from shell to shell, printf '%s\\n' 'one line' 'the next line' does not",
    hides: lines.map((line) => line.slice(0, line.indexOf('=')).replace(/["'\s]/g, '')),
  };
}

function quotedWhole({ text }: CheckedLine): LineFault | null {
  const inner = /^(["'])(?!.*\1\s*=)(.*=.*)\1$/.exec(text)?.[2];
  if (inner === undefined || !looksMeant(inner)) return null;
  return { corrected: inner, why: 'the quotes around the whole line become part of key and value' };
}

function withoutEquals({ entry, text }: CheckedLine): LineFault | null {
  if (entry.value !== true || !looksMeant(text)) return null;
  const parts = new RegExp(
    `^(?:\\S+\\s+)*?(\\S*?(?::(?:registry|${credentialFields})|^registry))\\s*[:\\s]\\s*(\\S.*)$`,
  ).exec(text);
  const corrected = parts ? `${parts[1]}=${parts[2]}` : null;
  return { corrected, why: 'there is no = between key and value, so the whole line is a key without value' };
}

function looksMeant(text: string): boolean {
  return /^["']?(?:\/\/|@\S)|registry|_auth|_password|https?:\/\//i.test(text);
}

import {
  type Expansion,
  looksLikeName,
  type Reference,
  secretName,
  type Variables,
} from '../npmrc/references.ts';
import type { BerryRules } from './berry-rules.ts';

/** A text with its references replaced, or why Yarn ends: `message` is its own text, `variable` the one without a value (`null`: bad syntax). */
export type BerryExpansion =
  | ({ kind: 'expanded' } & Expansion)
  | { kind: 'stops'; message: string; variable: string | null; references: readonly Reference[] };

const patterns = {
  plain: /\$\{([\d\w_]+)(:)?(?:-([^}]*))?\}/g,
  escapable: /\\?\$\{([\d\w_]+)(:)?(?:-([^}]*))?\}/g,
};
const tokens = /\\(?<escaped>[\\$}])|\$\{(?<name>[a-zA-Z]\w*)(?<operator>:-|-|(?=\}))|(?<unknown>\$\{)|\}/g;

/**
 * `text` after Yarn's replacement: `${NAME}` must be set, `${NAME-text}` and `${NAME:-text}` give the text when it is unset (the second also when
 * it is empty). Measured: y07, y07b-y07j; `yarn config get` on 2.4.1 to 4.18.1.
 */
export function expandBerry(
  text: string,
  variables: Variables,
  grammar: BerryRules['references'],
): BerryExpansion {
  return grammar === 'nested' ? expandNested(text, variables) : expandPlain(text, variables, grammar);
}

function expandPlain(text: string, variables: Variables, grammar: 'plain' | 'escapable'): BerryExpansion {
  const references: Reference[] = [];
  let result = '';
  let printable = '';
  let done = 0;
  // behind the last brace nothing can match, and looking there again and again would cost time
  const inside = text.slice(0, text.lastIndexOf('}') + 1);
  for (const match of inside.matchAll(patterns[grammar])) {
    const [whole, name = '', colon, fallback] = match;
    const before = text.slice(done, match.index);
    result += before;
    printable += before;
    done = match.index + whole.length;
    if (whole.startsWith('\\')) {
      result += whole.slice(1);
      printable += whole.slice(1);
      continue;
    }
    const value = variables(name);
    const reference = referenceTo(name, whole, value);
    references.push(reference);
    const used = value || (value !== undefined && !colon) ? value : fallback;
    if (used === undefined) return unset(reference, references);
    result += used;
    printable += used !== '' && used === value && secretName.test(name) ? reference.shown : used;
  }
  return {
    kind: 'expanded',
    text: result + text.slice(done),
    printable: printable + text.slice(done),
    references,
  };
}

function expandNested(text: string, variables: Variables): BerryExpansion {
  const references: Reference[] = [];
  let result = '';
  let printable = '';
  let done = 0;
  let depth = 0;
  let skippedFrom: number | null = null;
  for (const match of text.matchAll(tokens)) {
    const { escaped, name, operator, unknown } = match.groups ?? {};
    const end = match.index + match[0].length;
    if (skippedFrom !== null) {
      if (name !== undefined) depth += 1;
      else if (match[0] === '}') {
        depth -= 1;
        if (depth < skippedFrom) {
          skippedFrom = null;
          done = end;
        }
      }
      continue;
    }
    const before = text.slice(done, match.index);
    result += before;
    printable += before;
    done = end;
    if (escaped !== undefined) {
      result += escaped;
      printable += escaped;
    } else if (name !== undefined) {
      depth += 1;
      const value = variables(name);
      const written = `\${${name}${operator}${operator === '' ? '' : '…'}}`;
      const reference = referenceTo(name, written, value);
      references.push(reference);
      if (value !== undefined && !(operator === ':-' && value === '')) {
        result += value;
        printable += value !== '' && secretName.test(name) ? reference.shown : value;
        skippedFrom = depth;
      } else if (operator === '') return unset(reference, references);
    } else if (match[0] === '}') {
      if (depth > 0) depth -= 1;
      else {
        result += '}';
        printable += '}';
      }
    } else if (unknown !== undefined) return badSyntax('Invalid environment variable substitution syntax');
  }
  if (depth > 0) return badSyntax('Incomplete variable substitution in input');
  return {
    kind: 'expanded',
    text: result + text.slice(done),
    printable: printable + text.slice(done),
    references,
  };

  function badSyntax(message: string): BerryExpansion {
    return { kind: 'stops', message, variable: null, references };
  }
}

function referenceTo(name: string, written: string, value: string | undefined): Reference {
  const state = value === undefined ? 'unset' : value === '' ? 'empty' : 'set';
  const harmless = state !== 'unset' || looksLikeName(name);
  const open = harmless && looksLikeName(written.slice(2, -1));
  return {
    name: harmless ? name : '***',
    state,
    written,
    shown: open ? written : harmless ? `\${${name}}` : '${***}',
  };
}

function unset(reference: Reference, references: readonly Reference[]): BerryExpansion {
  return {
    kind: 'stops',
    message: `Environment variable not found (${reference.name})`,
    variable: reference.name,
    references,
  };
}

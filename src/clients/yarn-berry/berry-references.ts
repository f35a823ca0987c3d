import {
  asWritten,
  type Expansion,
  looksLikeName,
  type Reference,
  referenceTo,
  replaced,
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
  let missing: Reference | null = null;
  const expanded = replaced(text, patterns[grammar], ([whole, name = '', colon, fallback]) => {
    if (missing !== null) return asWritten('');
    if (whole.startsWith('\\')) return asWritten(whole.slice(1));
    const value = variables(name);
    const reference = shownReference(name, whole, value);
    references.push(reference);
    const used = value || (value !== undefined && !colon) ? value : fallback;
    if (used === undefined) missing = reference;
    const isSecret = used !== '' && used === value && secretName.test(name);
    return { text: used ?? '', printable: isSecret ? reference.shown : (used ?? '') };
  });
  return missing === null ? { kind: 'expanded', ...expanded, references } : unset(missing, references);
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
      const reference = shownReference(name, written, value);
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

/** Without what stands behind an operator, but for a short text. */
function shownReference(name: string, written: string, value: string | undefined): Reference {
  const reference = referenceTo(name, written, value);
  const isOpen = reference.name !== name || looksLikeName(written.slice(2, -1));
  return isOpen ? reference : { ...reference, shown: `\${${name}}` };
}

function unset(reference: Reference, references: readonly Reference[]): BerryExpansion {
  return {
    kind: 'stops',
    message: `Environment variable not found (${reference.name})`,
    variable: reference.name,
    references,
  };
}

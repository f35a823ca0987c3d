import { hasToken } from './printable-line.ts';

/** Reads one environment variable; `undefined` when it is unset. */
export type Variables = (name: string) => string | undefined;

export interface Reference {
  /** The variable's name; `***` when what stands there looks like a secret. */
  name: string;
  state: 'set' | 'empty' | 'unset';
  /** The reference as written, `${NAME}`: it may hold a secret that stands between the braces by mistake. */
  written: string;
  /** The same, fit for printing. */
  shown: string;
}

/**
 * A text with its `${NAME}` references replaced as its client does. `printable` is the same, except that variables whose name says
 * that they are secret stay references. Order of `references`: as written.
 */
export interface Expansion {
  text: string;
  printable: string;
  references: readonly Reference[];
}

/** Whether a variable's name says that its value is secret. */
export const secretName = /token|secret|pass|auth|key|cred/i;

/** Short words in capitals, as variables are named: long ones are taken for a token otherwise. */
const words = /^[A-Z][A-Z0-9]{0,14}(?:_[A-Z0-9]{1,14})+$/;

/** A plain name, or one with a short text behind an operator that a client may not know (`NAME-`, `NAME:-text`). */
export function looksLikeName(text: string): boolean {
  return (
    /^[A-Za-z_]\w{0,63}(?::?[-+=?].{0,12})?$/.test(text) &&
    (!hasToken(text) || (text.length <= 64 && words.test(text)))
  );
}

/** A text in which nothing is replaced. */
export function asWritten(text: string): Expansion {
  return { text, printable: text, references: [] };
}

/** A reference as messages may show it; `value` is what it gives, `undefined` for nothing. */
export function referenceTo(name: string, written: string, value: string | undefined): Reference {
  const state = value === undefined ? 'unset' : value === '' ? 'empty' : 'set';
  const harmless = state !== 'unset' || looksLikeName(name);
  return { name: harmless ? name : '***', state, written, shown: harmless ? written : '${***}' };
}

/**
 * A text in which everything that a pattern finds is replaced, each by what `replacement` gives for it. The pattern ends at a brace: behind the last one
 * nothing can match, and looking there again and again would cost time.
 */
export function replaced(
  text: string,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => Omit<Expansion, 'references'>,
): Omit<Expansion, 'references'> {
  let result = '';
  let printable = '';
  let done = 0;
  for (const match of text.slice(0, text.lastIndexOf('}') + 1).matchAll(pattern)) {
    const before = text.slice(done, match.index);
    const part = replacement(match);
    result += before + part.text;
    printable += before + part.printable;
    done = match.index + match[0].length;
  }
  return { text: result + text.slice(done), printable: printable + text.slice(done) };
}

/** The variables of an environment; on Windows their names match in any case. */
export function variablesOf(
  env: Readonly<Record<string, string | undefined>>,
  platform: 'posix' | 'win32',
): Variables {
  if (platform === 'posix') return (name) => (Object.hasOwn(env, name) ? env[name] : undefined);
  const byUpperName = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]));
  return (name) => byUpperName.get(name.toUpperCase());
}

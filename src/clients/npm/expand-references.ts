import type { NpmRules } from './npm-rules.ts';
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
 * A text with its `${NAME}` references replaced as npm does. `printable` is the same, except that variables whose name says
 * that they are secret stay references. Order of `references`: as written.
 */
export interface Expansion {
  text: string;
  printable: string;
  references: readonly Reference[];
}

const namePatterns = {
  'all-but-brace': /(?<!\\)(\\*)(\$\{([^}]+)\})/g,
  'no-dollar-or-brace': /(?<!\\)(\\*)(\$\{([^${}]+)\})/g,
  'no-dollar-brace-or-question': /(?<!\\)(\\*)(\$\{([^${}?]+)(\?)?\})/g,
} satisfies Record<NpmRules['referenceNames'], RegExp>;

const secretName = /token|secret|pass|auth|key|cred/i;

/** `text` after npm's expansion at these rules (measured: clients.md section 2; unset references stay as written). */
export function expandReferences(text: string, variables: Variables, rules: NpmRules): Expansion {
  const references: Reference[] = [];
  let printable = '';
  let done = 0;
  const end = text.lastIndexOf('}') + 1;
  const expanded = text
    .slice(0, end)
    .replace(namePatterns[rules.referenceNames], (whole, ...found: unknown[]) => {
      const [slashes, written, name, optional] = found as [string, string, string, string | undefined];
      const offset = found.find((part) => typeof part === 'number') as number;
      const replaced = replacement(
        whole,
        slashes,
        written,
        name,
        optional === '?',
        variables,
        rules,
        references,
      );
      printable += text.slice(done, offset) + replaced.printable;
      done = offset + whole.length;
      return replaced.text;
    });
  return { text: expanded + text.slice(end), printable: printable + text.slice(done), references };
}

function replacement(
  whole: string,
  slashes: string,
  written: string,
  name: string,
  optional: boolean,
  variables: Variables,
  rules: NpmRules,
  references: Reference[],
): { text: string; printable: string } {
  const odd = slashes.length % 2 === 1;
  const keeps = rules.escapedReference === 'keeps-backslash';
  if (odd) {
    const text = keeps ? whole : whole.slice((slashes.length + 1) / 2);
    return { text, printable: text };
  }
  const value = variables(name);
  const state = value === undefined ? 'unset' : value === '' ? 'empty' : 'set';
  const harmless = state !== 'unset' || looksLikeName(name);
  references.push({
    name: harmless ? name : '***',
    state,
    written,
    shown: harmless ? written : '${***}',
  });
  const lead = keeps ? '' : slashes.slice(slashes.length / 2);
  const text = lead + (value ?? (optional ? '' : `\${${name}}`));
  return { text, printable: value && secretName.test(name) ? lead + written : text };
}

/** A plain name, or one with a short text behind an operator that this npm does not know (`NAME-`, `NAME:-text`). */
function looksLikeName(text: string): boolean {
  return /^[A-Za-z_]\w{0,63}(?::?[-+=?].{0,12})?$/.test(text) && !hasToken(text);
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

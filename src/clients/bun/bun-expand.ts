import {
  asWritten,
  type Expansion,
  type Reference,
  referenceTo,
  replaced,
  secretName,
  type Variables,
} from '../npmrc/references.ts';
import type { BunRules } from './bun-rules.ts';

/**
 * A value of `.npmrc` after Bun's expansion: `${NAME}`, and by version `${NAME?}`; a backslash keeps a reference from being replaced
 * (run for real: Bun 1.4.5). Unset references stay as written. `quoted` when the file has the value in quotes.
 */
export function expandBraces(
  text: string,
  quoted: boolean,
  variables: Variables,
  rules: BunRules,
): Expansion {
  if (!text.includes('${') || (quoted && !rules.quotedReferences)) return asWritten(text);
  const references: Reference[] = [];
  const expanded = replaced(text, /(\\?)\$\{([^${}]+)\}/g, ([whole, backslash, inner = '']) => {
    if (backslash) return asWritten(whole.slice(1));
    const optional = rules.optionalReference && inner.endsWith('?');
    const name = optional ? inner.slice(0, -1) : inner;
    const set = variables(name);
    references.push(referenceTo(name, whole, set));
    const value = set ?? (optional || rules.unsetReference === 'empty' ? '' : whole);
    return { text: value, printable: set && secretName.test(name) ? whole : value };
  });
  return { ...expanded, references };
}

/**
 * A whole value `$NAME`, as Bun takes it from bunfig.toml and from tokens, user names and registries of `.npmrc`: the variable's value, `null` when
 * the text is none or the variable is unset.
 */
export function expandBare(text: string, variables: Variables): Expansion | null {
  const name = /^\$(\w+)$/.exec(text)?.[1];
  const value = name === undefined ? undefined : variables(name);
  if (name === undefined || value === undefined) return null;
  return {
    text: value,
    printable: secretName.test(name) ? text : value,
    references: [referenceTo(name, text, value)],
  };
}

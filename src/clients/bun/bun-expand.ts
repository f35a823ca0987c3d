import {
  type Expansion,
  looksLikeName,
  type Reference,
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
  const plain = { text, printable: text, references: [] };
  if (!text.includes('${') || (quoted && !rules.quotedReferences)) return plain;
  const references: Reference[] = [];
  let expanded = '';
  let printable = '';
  let done = 0;
  for (const { 0: whole, 1: backslash = '', 2: inner = '', index } of text.matchAll(
    /(\\?)\$\{([^${}]+)\}/g,
  )) {
    const before = text.slice(done, index);
    done = index + whole.length;
    if (backslash !== '') {
      expanded += before + whole.slice(1);
      printable += before + whole.slice(1);
      continue;
    }
    const optional = rules.optionalReference && inner.endsWith('?');
    const name = optional ? inner.slice(0, -1) : inner;
    const reference = referenceTo(name, whole, variables);
    references.push(reference);
    const value = variables(name) ?? (optional || rules.unsetReference === 'empty' ? '' : whole);
    expanded += before + value;
    printable += before + (secretName.test(name) && reference.state === 'set' ? whole : value);
  }
  return { text: expanded + text.slice(done), printable: printable + text.slice(done), references };
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
    references: [referenceTo(name, text, variables)],
  };
}

/** A reference as messages may show it. */
export function referenceTo(name: string, written: string, variables: Variables): Reference {
  const value = variables(name);
  const state = value === undefined ? 'unset' : value === '' ? 'empty' : 'set';
  const harmless = state !== 'unset' || looksLikeName(name);
  return { name: harmless ? name : '***', state, written, shown: harmless ? written : '${***}' };
}

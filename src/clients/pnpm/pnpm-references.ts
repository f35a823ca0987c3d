import {
  asWritten,
  type Expansion,
  type Reference,
  referenceTo,
  replaced,
  secretName,
  type Variables,
} from '../npmrc/references.ts';
import type { PnpmRules } from './pnpm-rules.ts';

const references = /(?<!\\)(\\*)(\$\{([^${}]+)\})/g;

/** A text after expansion; `failed` is the first reference that has neither value nor fallback. */
export interface PnpmExpansion extends Expansion {
  failed: Reference | null;
}

/**
 * `text` with its references replaced as pnpm does: `${NAME}`, `${NAME-text}`, `${NAME:-text}`, `${NAME?}`, a backslash before them
 * (measured: q07-q10, u01-u07; run for real on 8 to 12; @pnpm/config.env-replace, pnpm/crates/env-replace).
 * What has no value becomes an empty text.
 */
export function expandPnpm(text: string, variables: Variables, rules: PnpmRules): PnpmExpansion {
  const found: Reference[] = [];
  let failed: Reference | null = null;
  const expanded = replaced(text, references, ([whole, slashes = '', written = '', body = '']) => {
    if (slashes.length % 2 === 1) return asWritten(whole.slice((slashes.length + 1) / 2));
    const { name, value, fallback } = lookUp(body, variables, rules);
    const reference = referenceTo(name, written, value || fallback || value);
    found.push(reference);
    if (value === undefined && fallback === null) failed ??= reference;
    const lead = slashes.slice(slashes.length / 2);
    const given = lead + (value ?? fallback ?? '');
    return { text: given, printable: value && secretName.test(name) ? lead + written : given };
  });
  return { ...expanded, references: found, failed };
}

/** Whether pnpm sees a reference in a text when it looks for those that a project's file must not have, a backslash before it or not. */
export function hasReference(text: string): boolean {
  const start = text.indexOf('${');
  return start !== -1 && /\$\{[^}]/.test(text) && text.includes('}', start + 3);
}

interface Found {
  name: string;
  /** What the variable gives; `undefined` when that is nothing. */
  value: string | undefined;
  fallback: string | null;
}

function lookUp(body: string, variables: Variables, rules: PnpmRules): Found {
  if (rules.optionalReference && /^[^?]*[^?-]\?$/.test(body)) {
    const name = body.slice(0, -1);
    return { name, value: variables(name), fallback: '' };
  }
  const lines = rules.reader === 'lines';
  const written = (lines && !rules.dashFallback ? /^(.*?)(:)-(.*)$/s : /^([^:-]+)(:?)-(.*)$/s).exec(body);
  const [, name = '', colon = '', fallback = ''] = written ?? [];
  if (written === null || (fallback === '' && !lines))
    return { name: body, value: variables(body), fallback: null };
  const value = variables(name);
  return { name, value: value === '' && colon ? undefined : value, fallback };
}

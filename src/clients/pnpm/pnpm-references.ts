import {
  type Expansion,
  looksLikeName,
  type Reference,
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
  let printable = '';
  let done = 0;
  const end = text.lastIndexOf('}') + 1;
  const expanded = text
    .slice(0, end)
    .replace(references, (whole: string, slashes: string, written: string, body: string, offset: number) => {
      let replaced = whole.slice((slashes.length + 1) / 2);
      let shown = replaced;
      if (slashes.length % 2 === 0) {
        const { name, value, fallback } = lookUp(body, variables, rules);
        const reference = referenceOf(name, value, fallback, written);
        found.push(reference);
        if (value === undefined && fallback === null) failed ??= reference;
        const lead = slashes.slice(slashes.length / 2);
        replaced = lead + (value ?? fallback ?? '');
        shown = value && secretName.test(name) ? lead + written : replaced;
      }
      printable += text.slice(done, offset) + shown;
      done = offset + whole.length;
      return replaced;
    });
  return {
    text: expanded + text.slice(end),
    printable: printable + text.slice(done),
    references: found,
    failed,
  };
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

function referenceOf(
  name: string,
  value: string | undefined,
  fallback: string | null,
  written: string,
): Reference {
  const state = value || fallback ? 'set' : value === '' ? 'empty' : 'unset';
  const harmless = state !== 'unset' || looksLikeName(name);
  return { name: harmless ? name : '***', state, written, shown: harmless ? written : '${***}' };
}

import {
  asWritten,
  type Expansion,
  type Reference,
  referenceTo,
  replaced,
  secretName,
  type Variables,
} from '../npmrc/references.ts';
import type { NpmRules } from './npm-rules.ts';

const namePatterns = {
  'all-but-brace': /(?<!\\)(\\*)(\$\{([^}]+)\})/g,
  'no-dollar-or-brace': /(?<!\\)(\\*)(\$\{([^${}]+)\})/g,
  'no-dollar-brace-or-question': /(?<!\\)(\\*)(\$\{([^${}?]+)(\?)?\})/g,
} satisfies Record<NpmRules['referenceNames'], RegExp>;

/** `text` after npm's expansion at these rules (measured: clients.md section 2; unset references stay as written). */
export function expandReferences(text: string, variables: Variables, rules: NpmRules): Expansion {
  const references: Reference[] = [];
  const keeps = rules.escapedReference === 'keeps-backslash';
  const expanded = replaced(text, namePatterns[rules.referenceNames], (match) => {
    const [whole, slashes = '', written = '', name = '', optional] = match;
    if (slashes.length % 2 === 1) return asWritten(keeps ? whole : whole.slice((slashes.length + 1) / 2));
    const value = variables(name);
    references.push(referenceTo(name, written, value));
    const lead = keeps ? '' : slashes.slice(slashes.length / 2);
    const given = lead + (value ?? (optional === '?' ? '' : `\${${name}}`));
    return { text: given, printable: value && secretName.test(name) ? lead + written : given };
  });
  return { ...expanded, references };
}

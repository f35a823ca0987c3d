import {
  type Expansion,
  looksLikeName,
  type Reference,
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

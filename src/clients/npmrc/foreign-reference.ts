/** A reference to a variable in a form that no package manager replaces. */
export interface ForeignReference {
  /** As it stands there. */
  text: string;
  /** The variable that is meant; `null` where that can't be told, or what stands there may be a secret. */
  name: string | null;
  /** Whose form it is. */
  of: string;
}

const forms: readonly (readonly [RegExp, string])[] = [
  [/\$\{\{[^{}]*\}\}/, 'a workflow'],
  [/\{\{[^{}]*\}\}/, 'a template'],
  [/\$\{(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*\}/, 'a workflow'],
  [/\$env:\w+|\$\{env:\w+\}/i, 'PowerShell'],
  [/\$\(\w+\)/, 'Azure Pipelines'],
  [/\$\{(?:\s+\w+\s*|\w+\s+)\}/, 'a name with blanks around it'],
];

const named = /^\W*(?:\w+[.:])*([A-Za-z_]\w*)\W*$/;
const plainName = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?!(?:gh[a-z]|github_pat|npm)_\w{8})[A-Za-z_]\w{0,22})$/;

/** The first reference of a value that is none to any client (user reports); `null` when there is none. */
export function foreignReference(value: string): ForeignReference | null {
  for (const [form, of] of forms) {
    const text = form.exec(value)?.[0];
    if (text === undefined) continue;
    const name = named.exec(text)?.[1] ?? null;
    const meant = /github.token\W*$/.test(text) ? 'GITHUB_TOKEN' : name;
    return { text, name: meant !== null && plainName.test(meant) ? meant : null, of };
  }
  return null;
}

/** Whether a value is such a reference and nothing else, with a name in it that is no secret. */
export function isForeignReference(value: string): boolean {
  const found = foreignReference(value);
  return found !== null && found.name !== null && found.text === value;
}

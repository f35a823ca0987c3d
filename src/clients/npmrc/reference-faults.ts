import { bareName } from './bare-name.ts';
import { foreignReference } from './foreign-reference.ts';
import { anyCredential, type CheckedLine, type LineCheck, type LineFault } from './line-fault.ts';
import { looksLikeName } from './references.ts';

/** What is wrong with references to variables and with the values of credentials, in the order in which it is looked for. */
export const referenceFaults: readonly LineCheck[] = [
  referenceOfOthers,
  bearerInValue,
  textAround,
  referenceMissing,
  referenceMisspelt,
  credentialEmpty,
];

function referenceOfOthers({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (!anyCredential.test(key) && !/(?:^|:)registry$/.test(key)) return null;
  const found = foreignReference(value);
  if (!found) return null;
  const { name, of } = found;
  const why = `${rules.client} replaces \${NAME} only, and ${name === null ? 'this' : found.text} is the form of ${of}`;
  if (name === null)
    return { corrected: null, why, step: 'refer to the variable that holds it as ${NAME}, in braces' };
  return { corrected: text.replace(found.text, () => `\${${name}}`), why, variable: name };
}

function bearerInValue({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (!/_authToken$/.test(key) || !/^bearer\s/i.test(value)) return null;
  return {
    corrected: text.replace(/(=\s*["']?)bearer\s+/i, '$1'),
    why: `${rules.client} writes "Bearer " itself, it would be sent twice`,
  };
}

/** What a script or a person left around the one reference that was meant to be the token (user reports). */
function textAround({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (!/:_authToken$/.test(key)) return null;
  const [, before = '', name, brace, behind] =
    /^(\\|["'`]|_?auth_?token\s*[=:]\s*|(?:token|basic)\s+)?\$\{([A-Za-z_]\w*)(\}?)([)\]"'`,.]*)$/i.exec(
      value,
    ) ?? [];
  // a token in the place of a name is told as the token that it is
  if (name === undefined || !looksLikeName(name)) return null;
  if (before === '' && brace === '}' && behind === '') return null;
  return {
    corrected: `${text.slice(0, text.indexOf('=') + 1).trim()}\${${name}}`,
    why:
      before === '\\'
        ? `a backslash in front of \${ keeps ${rules.client} from replacing the reference`
        : brace === ''
          ? `the reference to ${name} has no brace at its end, and ${rules.client} sends the text as it stands`
          : `more than the reference to ${name} stands there, and ${rules.client} sends all of it`,
    variable: name,
  };
}

function referenceMissing({ key, text, value, rules, variables }: CheckedLine): LineFault | null {
  const name = /:(?:_authToken|_auth|_password)$/.test(key) ? bareName(value, variables) : null;
  if (name === null) return null;
  return {
    corrected: `${text.slice(0, text.indexOf('=') + 1).trim()}\${${name}}`,
    why: `${rules.client} sends the name of the variable as the token: its value is \${${name}}`,
    variable: name,
  };
}

function referenceMisspelt({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (!anyCredential.test(key) && !/(?:^|:)registry$/.test(key)) return null;
  const plain = /^(?:\$([A-Z_][A-Z0-9_]*)|%([A-Z_][A-Z0-9_]*)%)$/.exec(value);
  const fallback = /\$\{(\w+)(:?[-+=][^}]*|:?\?[^}]+|\?)\}/.exec(value);
  const name = plain?.[1] ?? plain?.[2];
  if (name !== undefined) {
    if (rules.bareReferences && plain?.[1] !== undefined) return null;
    return {
      corrected: `${text.slice(0, text.indexOf('=') + 1).trim()}\${${name}}`,
      why: `${rules.client} sends ${value} as it stands, only \${${name}} is replaced`,
    };
  }
  const operator = /^:?[-+=?]/.exec(fallback?.[2] ?? '')?.[0] ?? '';
  const isKnown =
    rules.operators.some((known) => known === operator) &&
    (operator !== '?' || fallback?.[2] === '?') &&
    !(rules.fallbackNeedsText && fallback?.[2] === operator);
  if (!fallback?.[1] || isKnown) return null;
  return {
    corrected: text.replace(fallback[0], `\${${fallback[1]}}`),
    why: `this version of ${rules.client} takes "${fallback[1]}${operator}" for the variable's name`,
  };
}

function credentialEmpty({ key, value, entry, rules }: CheckedLine): LineFault | null {
  if (!/:(?:_authToken|_auth|_password)$/.test(key) || entry.value === true || value !== '') return null;
  return {
    corrected: null,
    why: `the key has no value, ${rules.client} passes it over`,
    hides: [key],
    isEmpty: true,
  };
}

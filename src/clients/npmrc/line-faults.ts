import { bareName } from './bare-name.ts';
import { foreignReference } from './foreign-reference.ts';
import { routeFault } from './gitlab-registry.ts';
import { fieldOf, longestInspected } from './printable-line.ts';
import type { NpmrcEntry } from './read-npmrc.ts';
import type { Variables } from './references.ts';
import { shellLeftover } from './shell-leftovers.ts';

/** What is wrong with a line. `corrected` is the whole line as it must be, `null` when it can't be told. */
export interface LineFault {
  corrected: string | null;
  why: string;
  /** The key that it was meant to set. */
  hides?: readonly string[];
  isEmpty?: boolean;
  /** How to mend it where no line can be shown, or where else. */
  step?: string;
  /** The variable that it was to refer to. */
  variable?: string;
  /** It is a part of a user with password. */
  ofPassword?: true;
}

/** What a client makes of lines, as far as it decides whether one can mean what it looks like. */
export interface LineRules {
  /** The client as messages name it. */
  client: string;
  /** A key must end with a slash before the colon to be found. */
  exactKeys: boolean;
  /** Operators behind a name in `${NAME…}` that it knows. */
  operators: readonly ('?' | '-' | ':-')[];
  /** It replaces `$NAME` without braces. */
  bareReferences: boolean;
  /** `${NAME-}` without a text behind the operator is no fallback. Left out: it is an empty one. */
  fallbackNeedsText?: boolean;
  /** It leaves out what follows the last slash of a registry's URL. Left out: it does not. */
  dropsLastPart?: boolean;
  /** What may be a list: it is taken for its text, in which no reference is replaced. Left out: neither credentials nor registries. */
  takesLists?: 'credentials' | 'all';
  /** It looks keys up with their protocol too. Left out: it does not. */
  schemeInKeys?: boolean;
}

interface Checked {
  entry: NpmrcEntry;
  /** The line without the byte order mark and white space around it. */
  text: string;
  key: string;
  value: string;
  rules: LineRules;
  variables: Variables;
}

const credentialFields = '_authToken|_auth|_password|username|email|certfile|keyfile';
const anyCredential = new RegExp(`:(?:${credentialFields})$`);

/**
 * The first fault of a line that can't mean what it looks like to this client, `null` when there is none. Texts may hold secrets:
 * mask them before they are shown. Sources: measured q07-q12, q22, k48, k07 (npm 6); the rest follows from the grammar.
 */
export function lineFault(entry: NpmrcEntry, rules: LineRules, variables: Variables): LineFault | null {
  if (entry.text.length > longestInspected) return null;
  const text = entry.text.trim();
  const value = entry.value === true ? '' : entry.value;
  const checked: Checked = { entry, text, key: entry.key, value, rules, variables };
  for (const check of checks) {
    const fault = check(checked);
    if (fault) return fault;
  }
  return null;
}

const checks: readonly ((line: Checked) => LineFault | null)[] = [
  byteOrderMark,
  leftByShell,
  quotedWhole,
  withoutEquals,
  listKey,
  schemeInKey,
  slashesMissing,
  fieldMissing,
  fieldMisspelt,
  slashMissing,
  scopeMisspelt,
  keyOfScope,
  twoSettingsInOne,
  settingBehindToken,
  credentialInUrl,
  registryNoUrl,
  registryNoRoute,
  finalSlashMissing,
  referenceOfOthers,
  bearerInValue,
  referenceMissing,
  referenceMisspelt,
  credentialEmpty,
];

function byteOrderMark({ key, rules }: Checked): LineFault | null {
  if (!key.startsWith('\uFEFF')) return null;
  return {
    corrected: null,
    why: `the file begins with a byte order mark, which this version of ${rules.client} takes for a part of the first key`,
    hides: [key.slice(1)],
    step: 'save the file as UTF-8 without a byte order mark',
  };
}

function leftByShell({ text }: Checked): LineFault | null {
  const found = shellLeftover(text);
  if (!found) return null;
  const { kind, lines } = found;
  return {
    corrected: lines.join('\n'),
    why:
      kind === 'break'
        ? 'a line break stands there as \\n, a backslash and a letter'
        : 'an option of echo stands in front of the key',
    step: "where a job writes the file: echo differs from shell to shell, printf '%s\\n' 'one line' 'the next line' does not",
    hides: lines.map((line) => line.slice(0, line.indexOf('=')).replace(/["'\s]/g, '')),
  };
}

function quotedWhole({ text }: Checked): LineFault | null {
  const inner = /^(["'])(?!.*\1\s*=)(.*=.*)\1$/.exec(text)?.[2];
  if (inner === undefined || !looksMeant(inner)) return null;
  return { corrected: inner, why: 'the quotes around the whole line become part of key and value' };
}

function withoutEquals({ entry, text }: Checked): LineFault | null {
  if (entry.value !== true || !looksMeant(text)) return null;
  const parts = new RegExp(
    `^(\\S*?(?::(?:registry|${credentialFields})|^registry))\\s*[:\\s]\\s*(\\S.*)$`,
  ).exec(text);
  const corrected = parts ? `${parts[1]}=${parts[2]}` : null;
  return { corrected, why: 'there is no = between key and value, so the whole line is a key without value' };
}

/** `key[]=value` (run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, Bun 1.4.5). */
function listKey({ entry, key, text, value, rules }: Checked): LineFault | null {
  if (!entry.list && !key.endsWith('[]')) return null;
  const single = key.replace(/\[\]$/, '');
  const isRegistry = /^(?:@[^:]*:)?registry$/.test(single);
  if (!isRegistry && !anyCredential.test(single)) return null;
  const isTaken = rules.takesLists === 'all' || (!isRegistry && rules.takesLists === 'credentials');
  if (isTaken && !value.includes('${')) return null;
  return {
    corrected: text.replace(/\[\](["']?\s*=)/, '$1'),
    why: isTaken
      ? `[] behind a key makes a list of it, in which ${rules.client} replaces no reference`
      : `[] behind a key makes a list of it, and ${rules.client} wants one text`,
    hides: [single],
  };
}

function schemeInKey({ key, text, rules }: Checked): LineFault | null {
  if (/^\/\/https?:\/\//i.test(key) && anyCredential.test(key))
    return {
      corrected: text.replace(/\/\/https?:\/\//i, '//'),
      why: 'a credential key has the host behind its two slashes and no protocol, this one is never looked up',
    };
  if (rules.schemeInKeys || !/^https?:\/\//i.test(key) || !anyCredential.test(key)) return null;
  return {
    corrected: text.replace(/https?:/i, ''),
    why: 'a credential key starts with // and has no protocol, this one is never looked up',
  };
}

function slashesMissing({ key, text }: Checked): LineFault | null {
  if (key.startsWith('//') || !anyCredential.test(key) || key.startsWith('@')) return null;
  const start = /^\/?[\w.-]+(?::\d+)?(?:\/|:_)/.test(key);
  return start
    ? { corrected: `//${text.replace(/^["']?\//, '')}`, why: 'a credential key starts with two slashes' }
    : null;
}

function fieldMissing({ key, text }: Checked): LineFault | null {
  if (!key.startsWith('//') || /:[-_A-Za-z]+$/.test(key)) return null;
  const glued = /^(\/\/[^=]*?)\/?(_authToken|_auth|_password)(["']?\s*=.*)$/.exec(text);
  const joined = glued ? `${glued[1]}/:${glued[2]}${glued[3]}` : null;
  const plain = /^(\/\/[^=\s]*?)\/?(\s*=.*)$/.exec(text);
  return {
    corrected: joined ?? (plain ? `${plain[1]}/:_authToken${plain[2]}` : null),
    why: 'the key has no :_authToken (or other field) behind the path, so it sets nothing',
  };
}

function fieldMisspelt({ key, text, rules }: Checked): LineFault | null {
  if (!key.startsWith('//') || anyCredential.test(key)) return null;
  const field = fieldOf(key);
  const isPassword = /^[-_]*pass(?:word|wd)?$/i.test(field);
  if (!isPassword && !/^[-_]*(?:auth[-_]?token|token|auth)$/i.test(field)) return null;
  const meant = isPassword ? '_password' : /token/i.test(field) ? '_authToken' : '_auth';
  const at = text.indexOf(`:${field}`);
  if (at === -1) return null;
  return {
    corrected: `${text.slice(0, at)}:${meant}${text.slice(at + 1 + field.length)}`,
    why: `${rules.client} knows no field "${field}", the one for this is ${meant}${isPassword ? ', which holds the base64 of the password' : ''}`,
    ...(isPassword ? { ofPassword: true as const } : {}),
  };
}

function slashMissing({ key, text, rules }: Checked): LineFault | null {
  if (!rules.exactKeys || !key.startsWith('//') || !anyCredential.test(key)) return null;
  if (/\/:[^:]+$/.test(key)) return null;
  return {
    corrected: text.replace(new RegExp(`:(?=(?:${credentialFields})\\b)`), '/:'),
    why: `this version of ${rules.client} looks the key up with a slash before the colon`,
  };
}

function scopeMisspelt({ key, text, value, rules }: Checked): LineFault | null {
  if (/^@[^:/\s]+:registry$/.test(key) || key.startsWith('//')) return null;
  if (!/:registry$/i.test(key) && !/^@[^:/\s]+\/[^:/\s]+$/.test(key)) return null;
  if (!/^["']?(?:https?:|\$\{)/i.test(value)) return null;
  const scope = /^@?([\w.~-]+)(?:\/[^:]*)?(?::registry)?$/i.exec(key)?.[1];
  const corrected =
    scope === undefined ? null : `@${scope}:registry=${text.slice(text.indexOf('=') + 1).trim()}`;
  return {
    corrected,
    why: `a scope is mapped by @scope:registry, ${rules.client} does not look this key up`,
  };
}

function keyOfScope({ key }: Checked): LineFault | null {
  if (!/^@[^:/\s]+:(?:_authToken|_auth|_password)$/.test(key)) return null;
  return {
    corrected: null,
    why: 'a credential belongs to the address of a registry, not to a scope',
    hides: [key],
    step: 'the key is the address without its scheme: //host/path/:_authToken',
  };
}

function twoSettingsInOne({ key, text, value }: Checked): LineFault | null {
  if (!/(?:^|:)registry$/.test(key)) return null;
  const second =
    new RegExp(`(?:\\s|(?<!:)(?<=/))(//[^=\\s]*:(?:${credentialFields})\\s*=.*)$`).exec(value)?.[1] ??
    /\s(\S+\s*=.*)$/.exec(value)?.[1];
  if (second === undefined) return null;
  const first = text.slice(0, text.length - second.length).trim();
  return {
    corrected: `${first}\n${second}`,
    why: 'two settings stand on one line, the second has become part of the URL',
  };
}

function settingBehindToken({ key, text, value }: Checked): LineFault | null {
  if (!anyCredential.test(key)) return null;
  const second = new RegExp(`\\s((?:@[^:/\\s=]+:registry|//[^=\\s]*:(?:${credentialFields}))\\s*=.*)$`).exec(
    value,
  )?.[1];
  if (second === undefined || !text.endsWith(second)) return null;
  return {
    corrected: `${text.slice(0, text.length - second.length).trim()}\n${second}`,
    why: 'two settings stand on one line, the second has become part of the token',
  };
}

function credentialInUrl({ key, text, value, rules }: Checked): LineFault | null {
  if (!/(?:^|:)registry$/.test(key)) return null;
  const found = /^https?:(\/\/[^\s]*?)\/?:(_authToken|_auth|_password)=(.*)$/i.exec(value);
  if (!found?.[1]) return null;
  const scheme = /^https?:/i.exec(value)?.[0] ?? 'https:';
  return {
    corrected: `${text.slice(0, text.indexOf('=') + 1).trim()}${scheme}${found[1]}/\n${found[1]}/:${found[2]}=${found[3]}`,
    why: `the credential has become a part of the URL: it is a setting of its own, on a line of its own, and ${rules.client} sends none`,
  };
}

function finalSlashMissing({ key, text, value, rules }: Checked): LineFault | null {
  if (!rules.dropsLastPart || !/(?:^|:)registry$/.test(key)) return null;
  if (!/^https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+$/i.test(value)) return null;
  return {
    corrected: `${text.trimEnd().replace(/(["']?)$/, '/$1')}`,
    why: `without a slash at the end this version of ${rules.client} leaves the last part of the URL out`,
  };
}

function registryNoUrl({ key, text, value, entry }: Checked): LineFault | null {
  if (!/(?:^|^@[^:]*:)registry$/.test(key) || entry.value === true) return null;
  if (value === '') return { corrected: null, why: 'the registry has no URL' };
  if (/^(?:https?:\/\/[^\s/]|\$)/i.test(value)) return null;
  const host = /^(?:https?:)?\/{0,2}([\w.-]+\.[\w-]+(?::\d+)?(?:\/\S*)?)$/i.exec(value)?.[1];
  const before = text.slice(0, text.indexOf('=') + 1);
  return {
    corrected: host === undefined ? null : `${before}https://${host}`,
    why: 'the registry is no URL: it must start with https:// or http://',
  };
}

function registryNoRoute({ key, text, value }: Checked): LineFault | null {
  if (!/(?:^|^@[^:]*:)registry$/.test(key)) return null;
  const fault = routeFault(value);
  if (fault === null) return null;
  const isWhole = text.includes(value);
  return { corrected: isWhole ? text.replace(value, () => fault.corrected) : null, why: fault.why };
}

function referenceOfOthers({ key, text, value, rules }: Checked): LineFault | null {
  if (!anyCredential.test(key) && !/(?:^|:)registry$/.test(key)) return null;
  const found = foreignReference(value);
  if (!found) return null;
  const { name, of } = found;
  const why = `${rules.client} replaces \${NAME} only, and ${name === null ? 'this' : found.text} is the form of ${of}`;
  if (name === null)
    return { corrected: null, why, step: 'refer to the variable that holds it as ${NAME}, in braces' };
  return { corrected: text.replace(found.text, () => `\${${name}}`), why, variable: name };
}

function bearerInValue({ key, text, value, rules }: Checked): LineFault | null {
  if (!/_authToken$/.test(key) || !/^bearer\s/i.test(value)) return null;
  return {
    corrected: text.replace(/(=\s*["']?)bearer\s+/i, '$1'),
    why: `${rules.client} writes "Bearer " itself, it would be sent twice`,
  };
}

function referenceMissing({ key, text, value, rules, variables }: Checked): LineFault | null {
  const name = /:(?:_authToken|_auth|_password)$/.test(key) ? bareName(value, variables) : null;
  if (name === null) return null;
  return {
    corrected: `${text.slice(0, text.indexOf('=') + 1).trim()}\${${name}}`,
    why: `${rules.client} sends the name of the variable as the token: its value is \${${name}}`,
    variable: name,
  };
}

function referenceMisspelt({ key, text, value, rules }: Checked): LineFault | null {
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

function credentialEmpty({ key, value, entry, rules }: Checked): LineFault | null {
  if (!/:(?:_authToken|_auth|_password)$/.test(key) || entry.value === true || value !== '') return null;
  return {
    corrected: null,
    why: `the key has no value, ${rules.client} passes it over`,
    hides: [key],
    isEmpty: true,
  };
}

function looksMeant(text: string): boolean {
  return /^["']?(?:\/\/|@\S)|registry|_auth|_password|https?:\/\//i.test(text);
}

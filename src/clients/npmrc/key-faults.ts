import {
  anyCredential,
  type CheckedLine,
  credentialFields,
  type LineCheck,
  type LineFault,
} from './line-fault.ts';
import { fieldOf } from './printable-line.ts';

/** What is wrong with keys, in the order in which it is looked for. */
export const keyFaults: readonly LineCheck[] = [
  listKey,
  schemeInKey,
  slashesMissing,
  fieldMissing,
  fieldMisspelt,
  slashMissing,
  scopeMisspelt,
  keyOfScope,
];

/** `key[]=value` (run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, Bun 1.4.5). */
function listKey({ entry, key, text, value, rules }: CheckedLine): LineFault | null {
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

function schemeInKey({ key, text, rules }: CheckedLine): LineFault | null {
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

function slashesMissing({ key, text }: CheckedLine): LineFault | null {
  if (key.startsWith('//') || !anyCredential.test(key) || key.startsWith('@')) return null;
  const start = /^\/?[\w.-]+(?::\d+)?(?:\/|:_)/.test(key);
  return start
    ? { corrected: `//${text.replace(/^["']?\//, '')}`, why: 'a credential key starts with two slashes' }
    : null;
}

function fieldMissing({ key, text }: CheckedLine): LineFault | null {
  if (!key.startsWith('//') || /:[-_A-Za-z]+$/.test(key)) return null;
  // a key without value is on, which is no credential
  const isSwitch = /=\s*(?:true|false)?\s*$/.test(text);
  const glued = /^(\/\/[^=]*?)\/?(_authToken|_auth|_password)(["']?\s*=.*)$/.exec(text);
  const joined = glued ? `${glued[1]}/:${glued[2]}${glued[3]}` : null;
  const plain = isSwitch ? null : /^(\/\/[^=\s]*?)\/?(\s*=.*)$/.exec(text);
  return {
    corrected: joined ?? (plain ? `${plain[1]}/:_authToken${plain[2]}` : null),
    why: 'the key has no :_authToken (or other field) behind the path, so it sets nothing',
  };
}

function fieldMisspelt({ key, text, rules }: CheckedLine): LineFault | null {
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

function slashMissing({ key, text, rules }: CheckedLine): LineFault | null {
  if (!rules.exactKeys || !key.startsWith('//') || !anyCredential.test(key)) return null;
  if (/\/:[^:]+$/.test(key)) return null;
  return {
    corrected: text.replace(new RegExp(`:(?=(?:${credentialFields})\\b)`), '/:'),
    why: `this version of ${rules.client} looks the key up with a slash before the colon`,
  };
}

function scopeMisspelt({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (/^@[^@:/\s]+:registry$/.test(key) || key.startsWith('//')) return null;
  if (!/^["']?(?:https?:|\$\{)/i.test(value)) return null;
  const misspelt =
    /^@+([\w~-][\w.~-]*?)[:./_\s-][:./_@\s-]*reg[a-z]*(?:[_-]?ur[il])?$/i.exec(key)?.[1] ??
    /^registry[:./_\s-]*@([\w.~-]+)$/i.exec(key)?.[1] ??
    /^@([\w.~-]+)registry$/.exec(key)?.[1];
  if (misspelt === undefined && !/:registry$/i.test(key) && !/^@[^:/\s]+\/[^:/\s]+$/.test(key)) return null;
  const scope = misspelt ?? /^(?:.*\s)?-*@?([\w.~-]+)(?:\/[^:]*)?(?::registry)?$/i.exec(key)?.[1];
  const corrected =
    scope === undefined ? null : `@${scope}:registry=${text.slice(text.indexOf('=') + 1).trim()}`;
  return {
    corrected,
    why: `a scope is mapped by @scope:registry, ${rules.client} does not look this key up`,
  };
}

function keyOfScope({ key }: CheckedLine): LineFault | null {
  if (!/^@[^:/\s]+:(?:_authToken|_auth|_password)$/.test(key)) return null;
  return {
    corrected: null,
    why: 'a credential belongs to the address of a registry, not to a scope',
    hides: [key],
    step: 'the key is the address without its scheme: //host/path/:_authToken',
  };
}

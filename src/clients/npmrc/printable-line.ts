import { printable } from '../../domain/redaction.ts';
import { isForeignReference } from './foreign-reference.ts';

const hidden = '…';
/** Longer lines are cut before they are looked at: no person wrote them, and the cost must stay bounded. */
export const longestInspected = 4096;
/** `${NAME}`, and the head of `${NAME-text}`, `${NAME?}`. */
const reference = /\$\{([A-Za-z_]\w*)(:?[-+=?])?([^{}]*)\}/g;
const bareReference = /^\$[A-Z_][A-Z0-9_]*$|^%[A-Z_][A-Z0-9_]*%$/;
/** Keys whose values are places or switches: fit for printing. */
const openKey =
  /^(?:@[^:]*:)?registry$|^(?:strict-ssl|always-auth|allow-remote|strict-npmrc|replace-registry-host|save-exact|engine-strict|cafile|noproxy|omit-lockfile-registry-resolved|prefix|userconfig|globalconfig|scope)$/i;
const tokenShapes =
  /\b(?:gl(?:pat|dt|cbt|ptt|ft|imt|agent|soat|rt|rtr|wt|ffct|oas)-[\w.-]{8,}|gh[a-z]_\w{8,}|github_pat_\w{8,}|npm_\w{8,})|(?<![\w/.-])[\w+-]{24,}={0,2}(?![\w/.-])/g;

/** Whether the value under a key may be a secret: by the field of a `//host/path/:field` key, or the bare key. */
export function isSecretKey(key: string): boolean {
  return /^[-_]?(?:auth|otp|key|cert|username)$|token|password|secret/i.test(fieldOf(key));
}

/** The part of a key behind its last colon; the whole key when it has none. */
export function fieldOf(key: string): string {
  return key.slice(key.lastIndexOf(':') + 1);
}

/**
 * A value fit for printing: `${NAME}` references stay, other text under a key that may hold a secret becomes `…`; user
 * information in URLs, token-like words and credential fields that slipped into a value are masked under any key.
 */
export function printableValue(key: string, value: string): string {
  const isAddressOfScope = /^@[^:/\s]+$/.test(key) && /^https?:\/\//i.test(value);
  if (!openKey.test(key) && !isAddressOfScope && !/^(?:true|false|null|\d{1,6})$/.test(value))
    return literalsHidden(value);
  return printable(withoutTokens(value.slice(0, longestInspected)));
}

/** A line of a file fit for printing, by the same rules; control characters are shown as escapes. */
export function printableLine(line: string): string {
  const text = line.length > longestInspected ? line.slice(0, longestInspected) : line;
  const equals = text.indexOf('=');
  if (equals === -1) return printable(withoutTokens(withoutSecretTail(text)));
  const key = text.slice(0, equals);
  const value = text.slice(equals + 1);
  const bare = key.trim().replace(/^\W*(?=@)|["'\s]+$/g, '');
  return printable(
    `${withoutTokens(withoutSecretTail(key))}=${leadOf(value)}${printableValue(bare, value.trim())}`,
  );
}

function leadOf(value: string): string {
  return value.slice(0, value.length - value.trimStart().length);
}

/** `//host/:_authToken secret` without `=`: what follows the field is hidden. */
function withoutSecretTail(text: string): string {
  return text.replace(
    /((?:_auth\w*|_password|username|token)["']?\s*[:\s]\s*)(\S.*)$/i,
    (_, field: string, tail: string) => field + literalsHidden(tail),
  );
}

function literalsHidden(value: string): string {
  const unquoted = value.replace(/^["']|["']$/g, '');
  if (bareReference.test(unquoted) || isForeignReference(unquoted)) return value;
  let result = '';
  let done = 0;
  for (const { 0: whole, 1: name, 2: operator = '', 3: rest = '', index } of value.matchAll(reference)) {
    const known = operator !== '' || rest === '';
    result += literalHidden(value.slice(done, index));
    result += known ? `\${${name}${operator}${rest === '' ? '' : hidden}}` : hidden;
    done = index + whole.length;
  }
  return printable(result.replace(tokenShapes, hidden) + literalHidden(value.slice(done)));
}

/** Quotes, white space and the word that people put before a token stay. */
function literalHidden(text: string): string {
  return /^["'\s]*(?:Bearer\s+)?$/i.test(text) ? text : hidden;
}

/** Whether a text holds something in the shape of an access token. */
export function hasToken(text: string): boolean {
  return text.replace(tokenShapes, '') !== text;
}

/** A sentence fit for printing: token-like words masked, control characters as escapes. */
export function printableText(text: string): string {
  return printable(withoutTokens(text));
}

function withoutTokens(text: string): string {
  return withoutCredentials(text).replace(tokenShapes, hidden);
}

/** A text with user information of URLs and the values of credential fields in it replaced by `…`; references stay. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/(:_?(?:auth|password|token)\w*\s*=\s*)(\S+)/gi, (_, field: string, value: string) => {
      return field + literalsHidden(value);
    })
    .replace(/(\/\/)[^/?#\s]*@/g, `$1${hidden}@`);
}

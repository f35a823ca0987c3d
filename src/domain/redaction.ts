import { reveal, type Secret } from './secret.ts';

const shown = '[secret]';
/** Shorter texts would blot out ordinary words. */
const shortest = 6;
/** User names that GitLab and GitHub put before a token in basic authentication. */
const tokenUsers = ['gitlab-ci-token', 'oauth2', 'x-access-token', 'x-token-auth', ''];

/**
 * A function that replaces every given secret, and the forms it takes on the way (base64 alone or behind a user name,
 * percent-encoded, JSON-escaped), by `[secret]`. Overlapping finds become one. Secrets below 6 characters are left alone.
 */
export function createRedactor(secrets: Iterable<Secret>): (text: string) => string {
  const longestFirst = secretForms(secrets);
  return (text) => withoutQuerySecrets(withoutUserInfo(blot(text, longestFirst)));
}

/** Every text by which one of the secrets could be told: itself, and the forms it takes on the way; longest first, each once. */
export function secretForms(secrets: Iterable<Secret>): readonly string[] {
  const plains = new Set([...secrets].flatMap((secret) => plainForms(reveal(secret))));
  const forms = new Set<string>();
  for (const plain of plains) {
    for (const form of derivedForms(plain)) if (form.length >= shortest) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/** A text whose URLs carry no literal value under a query name that speaks of a credential (`?private_token=…`). */
function withoutQuerySecrets(text: string): string {
  return text.replace(
    /([?&]\w*(?:token|secret|passw|api_?key|auth)\w*=)(?!\$\{|\[secret\])[^\s&#"'<>\\]+/gi,
    `$1${shown}`,
  );
}

/** A text whose URLs carry no password or token before the host; `git@` stays. */
export function withoutUserInfo(text: string): string {
  return text.replace(/(:\/\/)(?!git@)[^\s/@"'<>]+@/g, '$1');
}

/** Nearly every text; telling so is much cheaper than looking for each kind of character. */
const ordinary = /^[ -~]*$/;

/**
 * A text fit for one line of a terminal or log: control characters (line ends, ANSI escapes), invisible and
 * direction-changing characters and lone surrogates appear as escapes (`\n`, `\x1b`, `\u202e`).
 */
export function printable(text: string): string {
  return ordinary.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** The secret, its lines and trimmed text, and the password inside an encoded `user:password`. */
function plainForms(value: string): readonly string[] {
  const forms = [value, value.trim(), ...value.split(/[\r\n]+/).map((line) => line.trim())];
  const decoded = /^[\w+/-]{8,}={0,2}$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : '';
  const pair = /^[\x20-\x7e]*?:([\x20-\x7e]+)$/.exec(decoded);
  if (pair?.[1] !== undefined) forms.push(decoded, pair[1]);
  return [...new Set(forms)].filter((form) => form.length >= shortest);
}

function derivedForms(plain: string): readonly string[] {
  const bytes = Buffer.from(plain, 'utf8');
  const encoded = [
    bytes,
    ...tokenUsers.map((user) => Buffer.from(`${user}:${plain}`)),
    Buffer.from(`${plain}:`),
  ].map((text) => text.toString('base64'));
  const base64 = [...encoded, ...innerBase64(bytes)].flatMap((form) => [form, form.replace(/=+$/, '')]);
  // a server that takes the bytes for Latin-1 sends them back like this
  const texts = [plain, bytes.toString('latin1')];
  return [
    ...texts.flatMap(writtenForms),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    ...percentForms(plain),
  ];
}

/** A text as it is, as a line of a log shows it, and inside JSON once and twice, with or without escapes for invisible characters. */
function writtenForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const escaped = ordinary.test(json)
    ? json
    : json.replace(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
        (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
      );
  const shownForm = printable(text);
  return [
    text,
    shownForm,
    json,
    escaped,
    ...[shownForm, json].map((form) => JSON.stringify(form).slice(1, -1)),
  ];
}

/** The characters of base64 that the bytes alone decide, whatever stands before and behind them. */
function innerBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
}

function percentForms(plain: string): readonly string[] {
  try {
    const upper = encodeURIComponent(plain);
    const strict = upper.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    return [upper, strict, strict.replaceAll('%20', '+')].flatMap((form) => [
      form,
      form.replace(/%../g, (code) => code.toLowerCase()),
    ]);
  } catch {
    return [];
  }
}

function blot(text: string, forms: readonly string[]): string {
  const finds: { start: number; end: number }[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      finds.push({ start: at, end: at + form.length });
    }
  }
  if (finds.length === 0) return text;
  finds.sort((a, b) => a.start - b.start);
  let result = '';
  let done = 0;
  let open: { start: number; end: number } | null = null;
  for (const find of finds) {
    if (open !== null && find.start < open.end) {
      open.end = Math.max(open.end, find.end);
      continue;
    }
    if (open !== null) {
      result += text.slice(done, open.start) + shown;
      done = open.end;
    }
    open = { ...find };
  }
  if (open !== null) {
    result += text.slice(done, open.start) + shown;
    done = open.end;
  }
  return result + text.slice(done);
}

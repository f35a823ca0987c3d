import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A place where a token was found: what the caller called it, and the form that was seen. */
export interface Leak {
  place: string;
  form: string;
}

const window = 12;
const longestScanned = 4000;
const users = ['gitlab-ci-token', 'oauth2', 'x-access-token', 'x-token-auth', ''];

/**
 * Where a token stands in `places` (texts or bytes by name): whole, any 12 characters of it in a row (a cut message would show
 * these), reversed, escaped for JSON, a URL or a terminal, in hexadecimal, in base64 and base64url at any offset and behind the
 * usual user names. Independent of the program's own redaction. Tokens below 12 characters are looked for whole.
 */
export function findLeaks(token: string, places: Readonly<Record<string, string | Buffer>>): readonly Leak[] {
  const forms = tokenForms(token);
  return Object.entries(places).flatMap(([place, content]) => {
    const text = typeof content === 'string' ? content : content.toString('latin1');
    const found = [...forms].find(([, form]) => text.includes(form));
    return found === undefined ? [] : [{ place, form: found[0] }];
  });
}

/** Every file below a folder as places for `findLeaks`; links count by where they lead, not by what they lead to. */
export function filesBelow(folder: string): Readonly<Record<string, Buffer>> {
  const places: Record<string, Buffer> = {};
  const visit = (path: string): void => {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) places[path] = Buffer.from(readlinkSync(path));
    else if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else if (stat.isFile()) places[path] = readFileSync(path);
  };
  visit(folder);
  return places;
}

function tokenForms(token: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(token, 'utf8');
  const forms = new Map<string, string>([
    ['plain', token],
    ['plain bytes', bytes.toString('latin1')],
    ['reversed', [...token].reverse().join('')],
    ['JSON', JSON.stringify(token).slice(1, -1)],
    ['percent-encoded', encodeURIComponent(bytes.toString('utf8'))],
    ['hexadecimal', bytes.toString('hex')],
    ['base64', bytes.toString('base64').replace(/=+$/, '')],
  ]);
  for (const user of users) {
    forms.set(
      `base64 behind "${user}"`,
      Buffer.from(`${user}:${token}`).toString('base64').replace(/=+$/, ''),
    );
  }
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const inner = text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    if (inner.length >= window) forms.set(`base64 at offset ${offset}`, inner);
  }
  for (const [name, form] of [...forms]) {
    if (name.startsWith('base64'))
      forms.set(`${name}, for URLs`, form.replaceAll('+', '-').replaceAll('/', '_'));
  }
  const scanned = token.slice(0, longestScanned);
  for (let start = 0; start + window <= scanned.length; start += 1) {
    const part = scanned.slice(start, start + window);
    if (new Set(part).size > 6) forms.set(`characters ${start + 1} to ${start + window}`, part);
  }
  return new Map([...forms].filter(([, form]) => form.trim().length >= 6));
}

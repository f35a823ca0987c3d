import { publicHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { type HeldCredential, tokenOf, unresolvedOf, withoutValue } from '../npmrc/entry-credential.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { keyOf, type PnpmSettings } from './pnpm-settings.ts';

/** What stands at one key: a credential that is sent, or (pnpm 11) one without a value that is passed over. */
export interface Slot {
  sent: HeldCredential | null;
  empty: HeldCredential | null;
}

/** Slots by key prefix (`//host/path/`), those for one scope apart. */
export interface Slots {
  every: ReadonlyMap<string, Slot>;
  scoped: ReadonlyMap<string, ReadonlyMap<string, Slot>>;
}

interface Fields {
  token?: ConfigEntry;
  basic?: ConfigEntry;
  username?: ConfigEntry;
  password?: ConfigEntry;
}

const fieldNames: Readonly<Record<string, keyof Fields>> = {
  _authToken: 'token',
  _auth: 'basic',
  username: 'username',
  _password: 'password',
};

/** What pnpm at these rules makes of the credential keys of all files and variables. */
export function slotsOf(settings: PnpmSettings, rules: PnpmRules): Slots {
  return rules.credentialChoice === 'last-key' ? lastKeySlots(settings, rules) : fieldSlots(settings, rules);
}

/** Up to pnpm 10: the last key of a URL decides, a pair at the place of its user name; then the bare ones (measured: a06-a12). */
function lastKeySlots({ effective }: PnpmSettings, rules: PnpmRules): Slots {
  const every = new Map<string, Slot>();
  const put = (prefix: string, sent: HeldCredential) => every.set(prefix, { sent, empty: null });
  for (const [key, entry] of effective) {
    const { prefix, field } = splitKey(key);
    if (field === '_authToken') put(prefix, bearer(entry, rules));
    else if (field === '_auth') put(prefix, basic(entry, entry.value));
    else if (field === 'username') {
      const password = effective.get(`${prefix}:_password`);
      if (password) put(prefix, pair(entry, password, passwordOf(password.value, rules)));
    }
  }
  const own = bareKey(effective, rules);
  const bare = (field: string) => {
    const entry = effective.get(field);
    return entry?.value ? entry : undefined;
  };
  const [token, whole, name, password] = ['_authToken', '_auth', 'username', '_password'].map(bare);
  if (own === null) return { every, scoped: new Map() };
  if (token) put(own, bearer(token, rules));
  else if (whole) put(own, basic(whole, whole.value));
  else if (name && password) put(own, pair(name, password, password.value));
  return { every, scoped: new Map() };
}

function bareKey(effective: PnpmSettings['effective'], rules: PnpmRules): string | null {
  if (rules.bareCredentials !== 'default-registry') return null;
  return keyOf(effective.get('registry')?.value || `https://${publicHost}/`, rules);
}

/** From pnpm 11 on: the fields of one URL and scope together; the token before `_auth` before the pair (measured: a12; run for real). */
function fieldSlots({ effective }: PnpmSettings, rules: PnpmRules): Slots {
  const every = new Map<string, Fields>();
  const scoped = new Map<string, Map<string, Fields>>();
  const own = bareKey(effective, rules);
  for (const [key, entry] of effective) {
    const { prefix, field } = splitKey(key);
    const name = fieldNames[prefix === '' ? key : field];
    const at = prefix === '' ? own : prefix;
    if (!name || at === null) continue;
    const { uri, scope } = rules.scopedKeys ? splitScope(at) : { uri: at, scope: null };
    const place = rules.slashOptional ? withSlash(uri) : uri;
    const map = scope === null ? every : (scoped.get(scope) ?? new Map<string, Fields>());
    if (scope !== null) scoped.set(scope, map);
    map.set(place, { ...map.get(place), [name]: entry });
  }
  const slots = (map: ReadonlyMap<string, Fields>) =>
    new Map([...map].map(([key, fields]) => [key, slotOf(fields, rules)]));
  return {
    every: slots(every),
    scoped: new Map([...scoped].map(([scope, map]) => [scope, slots(map)])),
  };
}

function slotOf({ token, basic: whole, username, password }: Fields, rules: PnpmRules): Slot {
  const counts = (entry: ConfigEntry | undefined): entry is ConfigEntry =>
    entry !== undefined && (entry.value !== '' || rules.credentialChoice === 'token-first-empty-counts');
  if (counts(token)) return { sent: bearer(token, rules), empty: null };
  if (counts(whole)) return { sent: basic(whole, checked(whole.value, rules)), empty: null };
  const both =
    username && password && (rules.checksBasic !== 'auth-and-password' || (username.value && password.value));
  if (both) return { sent: pair(username, password, passwordOf(password.value, rules)), empty: null };
  const empty = [token, whole, password].map((entry) => entry && withoutValue(entry)).find(Boolean);
  return { sent: null, empty: empty ?? null };
}

/** What a base64 password says: pnpm 11 reads it as latin1; before 12.8 pnpm 12 takes one that is no base64 as it is (run for real). */
function passwordOf(password: string, rules: PnpmRules): string {
  if (rules.reader === 'ini') return Buffer.from(password, 'base64').toString('latin1');
  const asIs = rules.reader === 'lines' && !/^[A-Za-z0-9+/\s]*=*$/.test(password);
  return asIs ? password : Buffer.from(password, 'base64').toString('utf8');
}

/** `_auth` in the form of base64 that versions which check it send. */
function checked(value: string, rules: PnpmRules): string {
  if (rules.checksBasic === 'no') return value;
  const bytes = Buffer.from(value, 'base64');
  return rules.reader === 'lines'
    ? bytes.toString('base64')
    : Buffer.from(bytes.toString('latin1')).toString('base64');
}

function splitKey(key: string): { prefix: string; field: string } {
  const colon = key.lastIndexOf(':');
  return colon === -1
    ? { prefix: '', field: '' }
    : { prefix: key.slice(0, colon), field: key.slice(colon + 1) };
}

function splitScope(prefix: string): { uri: string; scope: string | null } {
  const found = /^(\/\/.*?)(?::(@[^/:]+)|(?<=\/)(@[^/:]+)\/?)$/s.exec(prefix);
  return found
    ? { uri: withSlash(found[1] ?? ''), scope: found[2] ?? found[3] ?? null }
    : { uri: prefix, scope: null };
}

function bearer(entry: ConfigEntry, rules: PnpmRules): HeldCredential {
  const asItStands = /^\$([A-Z_][A-Z0-9_]*)$|^%([A-Z_][A-Z0-9_]*)%$|^\$\{(\w+)[^{}]*\}$/.exec(entry.value);
  const variable = asItStands?.[1] ?? asItStands?.[2] ?? asItStands?.[3];
  if (variable !== undefined && entry.references.length === 0 && entry.raw === entry.value)
    return unresolvedOf(entry, variable, entry.value);
  const sends = rules.credentialChoice === 'token-first' ? null : '';
  return withoutValue(entry, sends) ?? tokenOf('Bearer', entry, entry.value);
}

function basic(entry: ConfigEntry, base64: string): HeldCredential {
  return withoutValue(entry) ?? tokenOf('Basic', entry, base64);
}

function pair(username: ConfigEntry, password: ConfigEntry, plain: string): HeldCredential {
  const base64 = Buffer.from(`${username.value}:${plain}`, 'utf8').toString('base64');
  return withoutValue(password) ?? tokenOf('Basic', password, base64);
}

import type { Credential } from '../../domain/credential.ts';
import { Secret } from '../../domain/secret.ts';
import type { ConfigEntry } from './config-entry.ts';

export type TokenCredential = Extract<Credential, { kind: 'token' }>;
export type UnresolvedCredential = Extract<Credential, { kind: 'unresolved' }>;

/** What a key gives that is looked at: a credential, or a reference without a value. */
export type HeldCredential = TokenCredential | UnresolvedCredential;

type Held = Pick<ConfigEntry, 'value' | 'references' | 'source' | 'setting'>;

/** The text that stands behind `Bearer` or `Basic` as the credential of the entry that it comes from. */
export function tokenOf(
  scheme: 'Bearer' | 'Basic',
  { references, setting, source }: Held,
  text: string,
): TokenCredential {
  const variable = references[0]?.name ?? null;
  return { kind: 'token', scheme, secret: new Secret(text), key: setting.key, source, variable };
}

/** An entry's reference to a variable that has no value; `sends` is what the client sends all the same, `null` for nothing. */
export function unresolvedOf(
  { setting, source }: Held,
  variable: string,
  sends: string | null,
): UnresolvedCredential {
  return { kind: 'unresolved', variable, key: setting.key, source, sends };
}

/** An entry whose reference gives an empty text, `null` for any other. */
export function withoutValue(entry: Held, sends: string | null = null): UnresolvedCredential | null {
  const reference = entry.references.find(({ state }) => state !== 'set');
  return entry.value !== '' || !reference ? null : unresolvedOf(entry, reference.name, sends);
}

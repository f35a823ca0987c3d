import { Secret } from '../../domain/secret.ts';
import type { Setting, SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { isSecretKey, printableLine, printableValue, withoutCredentials } from './printable-line.ts';
import type { Expansion, Reference } from './references.ts';

/** A setting with the texts that only the resolution may see: `value` may be a secret. */
export interface ConfigEntry {
  /** Key after expansion. */
  key: string;
  /** Value after expansion; empty for everything that the client takes for nothing (`false`, `null`, an empty text). */
  value: string;
  /** The value with secret-looking variables left as references; credentials that slipped in are not masked. */
  open: string;
  /** The value before expansion. */
  raw: string;
  layer: SettingLayer;
  source: Source;
  /** The references of the value, and of the key. */
  references: readonly Reference[];
  keyReferences: readonly Reference[];
  setting: Setting;
  /** A later line of the same file has the same key, so the client never looks at this one. */
  superseded: boolean;
}

/** How a client reads the text of a key or value: its references replaced (an empty text for what it takes for nothing). */
export interface EntryReading {
  key(text: string): Expansion;
  value(text: string): Expansion;
}

/** The entry that a client makes of one line or variable: `rawKey` and `raw` as they stand there. */
export function createEntry(
  rawKey: string,
  raw: string,
  layer: SettingLayer,
  place: Source,
  reading: EntryReading,
): ConfigEntry {
  const expandedKey = reading.key(rawKey);
  const key = expandedKey.text;
  const expanded = reading.value(raw);
  const shownKey = printableLine(expandedKey.printable);
  const source: Source = place.kind === 'file' ? { ...place, key: shownKey } : place;
  const secret = isSecretKey(key) || /\/\/[^/?#\s]*@/.test(expanded.text);
  return {
    key,
    value: expanded.text,
    open: expanded.printable,
    raw,
    layer,
    source,
    references: expanded.references,
    keyReferences: expandedKey.references,
    superseded: false,
    setting: {
      key: shownKey,
      value: secret ? new Secret(expanded.text) : withoutCredentials(expanded.printable),
      written: printableValue(key, raw),
      layer,
      source,
      variables: [...expandedKey.references, ...expanded.references].map(({ name, state }) => ({
        name,
        state,
      })),
      inEffect: true,
    },
  };
}

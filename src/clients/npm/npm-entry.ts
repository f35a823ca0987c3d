import { Secret } from '../../domain/secret.ts';
import type { Setting, SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { type Expansion, expandReferences, type Reference, type Variables } from './expand-references.ts';
import type { NpmRules } from './npm-rules.ts';
import { isSecretKey, printableLine, printableValue, withoutCredentials } from './printable-line.ts';

/** A setting with the texts that only the resolution may see: `value` may be a secret. */
export interface NpmEntry {
  /** Key after expansion. */
  key: string;
  /** Value after expansion; empty for everything that npm takes for nothing (`false`, `null`, an empty text). */
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
  /** A later line of the same file has the same key, so npm never looks at this one. */
  superseded: boolean;
}

const nothing = new Set(['false', 'null', 'undefined']);

/** The entry that npm at these rules makes of one line or variable: `rawKey` and `raw` as they stand there. */
export function createEntry(
  rawKey: string,
  raw: string,
  layer: SettingLayer,
  place: Source,
  rules: NpmRules,
  variables: Variables,
): NpmEntry {
  const expandedKey = expandReferences(rawKey, variables, rules);
  const key = expandedKey.text;
  const expanded: Expansion = nothing.has(raw)
    ? { text: '', printable: '', references: [] }
    : expandReferences(raw, variables, rules);
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

/** Whether npm takes a switch for on: a key without value is on, and from npm 9 on so is any text that is not `false` or `null`. */
export function isOn(entry: NpmEntry | undefined, rules: NpmRules): boolean {
  if (!entry || nothing.has(entry.raw)) return false;
  if (entry.raw === '') return true;
  return !(entry.value === '' || (rules.dropsWrongTypes && /^(?:0+|false|null)$/.test(entry.value)));
}

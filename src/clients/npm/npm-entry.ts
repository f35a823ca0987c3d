import type { SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { type ConfigEntry, createEntry } from '../npmrc/config-entry.ts';
import { asWritten, type Variables } from '../npmrc/references.ts';
import { expandReferences } from './expand-references.ts';
import type { NpmRules } from './npm-rules.ts';

const nothing = new Set(['false', 'null', 'undefined']);

/** The entry that npm at these rules makes of one line or variable: `rawKey` and `raw` as they stand there. */
export function npmEntry(
  rawKey: string,
  raw: string,
  layer: SettingLayer,
  place: Source,
  rules: NpmRules,
  variables: Variables,
): ConfigEntry {
  return createEntry(rawKey, raw, layer, place, {
    key: (text) => expandReferences(text, variables, rules),
    value: (text) => (nothing.has(text) ? asWritten('') : expandReferences(text, variables, rules)),
  });
}

/** Whether a text stands for no value at all; an empty one is a value. */
export function isNothing({ raw }: ConfigEntry): boolean {
  return nothing.has(raw);
}

/** Whether npm takes a switch for on: a key without value is on, and from npm 9 on so is any text that is not `false` or `null`. */
export function isOn(entry: ConfigEntry | undefined, rules: NpmRules): boolean {
  if (!entry || nothing.has(entry.raw)) return false;
  if (entry.raw === '') return true;
  return !(entry.value === '' || (rules.dropsWrongTypes && /^(?:0+|false|null)$/.test(entry.value)));
}

import { Secret } from '../../domain/secret.ts';
import type { Setting } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import {
  longestInspected,
  printableText,
  printableValue,
  withoutCredentials,
} from '../npmrc/printable-line.ts';
import type { Reference, Variables } from '../npmrc/references.ts';
import { expandBerry } from './berry-references.ts';
import type { BerryRules } from './berry-rules.ts';
import type { RcPlace, RcValue } from './berry-value.ts';

/** One setting of Yarn with the texts that only the resolution may see: `value` may be a secret. */
export interface BerryEntry {
  path: readonly string[];
  /** The value after expansion, the text as written where Yarn ends at it. */
  value: string;
  /** The value with secret-looking variables left as references. */
  open: string;
  raw: string;
  source: Source;
  references: readonly Reference[];
  /** Yarn's own text when it ends at this value's references, should it look at it. */
  stops: string | null;
  /** Yarn has looked at it and ended. */
  ended: boolean;
  setting: Setting;
}

const secretFields = new Set(['npmAuthToken', 'npmAuthIdent']);
const urlFields = new Set(['npmRegistryServer', 'npmPublishRegistry', 'npmAuditRegistry']);

/** Whether the value of a field is a credential. */
export function isSecretField(field: string): boolean {
  return secretFields.has(field);
}

/**
 * The entry of the value at a path of keys (`npmScopes`, `acme`, `npmAuthToken`). A scope's registry has the key `@acme:registry`, the one for
 * all others `registry`, as every client's; other keys are paths. Sources carry the path.
 */
export function berryEntry(
  path: readonly string[],
  value: RcValue,
  variables: Variables,
  rules: BerryRules,
): BerryEntry {
  const raw = textOf(value);
  const field = path.at(-1) ?? '';
  const expansion = expandBerry(raw, variables, rules.references);
  const expanded = expansion.kind === 'expanded' ? expansion : { text: raw, printable: raw };
  const { references } = expansion;
  const source = sourceOf(value.place, shownKey(path));
  const secret = secretFields.has(field) || /\/\/[^/?#\s]*@/.test(expanded.text);
  const masked = urlFields.has(field) || !secretFields.has(field) ? 'registry' : field;
  return {
    path,
    value: expanded.text,
    open: expanded.printable,
    raw,
    source,
    references,
    stops: expansion.kind === 'stops' ? printableText(expansion.message) : null,
    ended: false,
    setting: {
      key: canonicalKey(path),
      value: secret
        ? new Secret(expanded.text)
        : withoutCredentials(expanded.printable.slice(0, longestInspected)),
      written: printableValue(
        secretFields.has(field) ? '_authToken' : masked,
        raw.slice(0, longestInspected),
      ),
      layer: value.place.kind === 'env' ? 'env' : value.place.file.layer,
      source,
      variables: references.map(({ name, state }) => ({ name, state })),
      inEffect: true,
    },
  };
}

/** Where a value stands, for messages. */
export function sourceOf(place: RcPlace, key?: string): Source {
  if (place.kind === 'env') return place;
  const { file, line, column } = place;
  return { kind: 'file', path: file.shown, line, column, ...(key === undefined ? {} : { key }) };
}

/** A path of keys as a person writes it: `npmRegistries["//host/path"].npmAuthToken`; fit for printing. */
export function shownKey(path: readonly string[]): string {
  const parts = path.map((part, index) => {
    const shown = printableText(part.slice(0, 500));
    if (/^[\w-]+$/.test(part)) return index === 0 ? shown : `.${shown}`;
    return `["${shown}"]`;
  });
  return parts.join('');
}

function canonicalKey(path: readonly string[]): string {
  const [first, scope, field] = path;
  if (path.length === 1 && first === 'npmRegistryServer') return 'registry';
  if (first === 'npmScopes' && field === 'npmRegistryServer' && scope && /^[\w~][\w.~-]*$/.test(scope))
    return `@${scope}:registry`;
  return shownKey(path);
}

function textOf(value: RcValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'nothing':
      return '';
    case 'list':
      return value.items.map((item) => (item.kind === 'text' ? item.text : '…')).join(',');
    case 'map':
      return '…';
  }
}

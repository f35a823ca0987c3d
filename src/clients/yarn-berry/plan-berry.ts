import type { ClientWorld } from '../../domain/client-world.ts';
import type { ConfigPlan, PlannedConfig } from '../client-module.ts';
import { withoutBlocks } from '../marked-block.ts';
import { pathsOf } from '../world-paths.ts';
import { rcFileName } from './berry-environment.ts';
import { userFile } from './berry-files.ts';
import { matchesGlob } from './berry-globs.ts';
import { insertBelowKeys, type KeyedLines, repeatKeys } from './berry-insertions.ts';
import { berryRegistries } from './berry-registries.ts';
import { berryRules } from './berry-rules.ts';
import { type RcFile, type RcMap, type RcPlace, type RcValue, sameValue } from './berry-value.ts';
import { itemsOf, valueWith, type WantedKey, wantedKeys, writableScopes } from './berry-wanted.ts';
import { quoted, scopeKey } from './berry-writing.ts';
import { longestRcText, readRcYaml } from './berry-yaml.ts';
import { loadBerrySettings } from './load-berry-settings.ts';

/**
 * The `.yarnrc.yml` of the home folder (Yarn can't be told of another user file, so nothing is exported) or of the project, with marked blocks. A file that
 * is no YAML, or whose form lets nothing in, stays as it is. Tokens are `${VARIABLE-}`: without a value they end no other command (measured: y07b, y07d).
 */
export function planBerry({ scopes, client, world, where }: ConfigPlan): PlannedConfig {
  const rules = berryRules(client.version);
  const path =
    where === 'user'
      ? userFile(world, rules).path
      : pathsOf(world).join(world.projectDirectory, rcFileName(world).name);
  const found = world.files.read(path);
  const before = found.kind === 'text' ? found.text : null;
  const base = withoutBlocks(before ?? '');
  const file: RcFile = { path, folder: '', shown: path, layer: where, home: where === 'user' };
  const today = loadBerrySettings(withText(world, path, base), client.version);
  const registries = berryRegistries(today);
  const writable = writableScopes(scopes, (scope) => registries.lookedUp(scope, null));
  const after = withScopes(base, file, !rules.refusesTwins, (own) =>
    wantedKeys(writable, own, {
      preapprovals: rules.ageGate.known,
      allows: (host) =>
        itemsOf(own.entries.get('unsafeHttpWhitelist')).some((glob) => matchesGlob(host, glob)),
    }),
  );
  return { files: [{ path, before, after }], exports: {} };
}

function withText(world: ClientWorld, path: string, text: string): ClientWorld {
  const { files } = world;
  return {
    ...world,
    files: {
      read: (wanted) => (wanted === path ? { kind: 'text', text } : files.read(wanted)),
      list: (folder) => files.list(folder),
    },
  };
}

/** `base` with what is wanted: inside its own mappings where their form allows it, else with whole keys repeated behind it; else as it is. */
function withScopes(
  base: string,
  file: RcFile,
  twins: boolean,
  wantedOf: (own: RcMap) => readonly WantedKey[],
): string {
  if (base.length > longestRcText) return base;
  const own = readRcYaml(base, file, twins);
  if (own.kind !== 'read' || own.endless) return base;
  const wanted = wantedOf(own.root);
  if (wanted.length === 0) return base;
  const place: RcPlace = { kind: 'file', file, line: 1, column: 1 };
  const expected = new Map(own.root.entries);
  for (const one of wanted) {
    const value = valueWith(own.root.entries.get(one.key), one, place);
    if (value === null) return base;
    expected.set(one.key, value);
  }
  const goal: RcMap = { kind: 'map', entries: expected, place };
  const attempts = [
    () => insertBelowKeys(base, own.tree, wanted.map(addedLines)),
    () => {
      const parts = wanted.map(({ key }) => wholeLines(key, expected.get(key)));
      return parts.every((part) => part !== null) ? repeatKeys(base, own.tree, parts) : null;
    },
  ];
  for (const attempt of attempts) {
    const text = attempt();
    if (text === null || withoutBlocks(text) !== base) continue;
    const reading = readRcYaml(text, file, twins);
    if (reading.kind === 'read' && sameValue(reading.root, goal)) return text;
  }
  return base;
}

function addedLines(wanted: WantedKey): KeyedLines {
  const { key } = wanted;
  if (wanted.kind === 'text') return { key, lines: [], value: quoted(wanted.text) };
  if (wanted.kind === 'items') return { key, lines: wanted.items.map((item) => `- ${quoted(item)}`) };
  const lines = [...wanted.entries].flatMap(([name, fields]) => groupLines(key, name, [...fields]));
  return { key, lines };
}

function groupLines(
  key: string,
  name: string,
  fields: readonly (readonly [string, string])[],
): readonly string[] {
  const shown = (text: string) => (text === 'true' ? text : quoted(text));
  return [
    `${key === 'npmScopes' ? scopeKey(`@${name}`) : quoted(name)}:`,
    ...fields.map(([field, text]) => `  ${/^\w+$/.test(field) ? field : quoted(field)}: ${shown(text)}`),
  ];
}

/** A key's whole value as lines; `null` for values that Yarn does not take there. */
function wholeLines(key: string, value: RcValue | undefined): KeyedLines | null {
  if (value?.kind === 'text') return { key, lines: [], value: quoted(value.text) };
  if (value?.kind === 'list') return { key, lines: itemsOf(value).map((item) => `- ${quoted(item)}`) };
  if (value?.kind !== 'map') return null;
  const lines: string[] = [];
  for (const [name, group] of value.entries) {
    if (group.kind !== 'map') return null;
    const fields: (readonly [string, string])[] = [];
    for (const [field, item] of group.entries) {
      if (item.kind !== 'text') return null;
      fields.push([field, item.text]);
    }
    lines.push(...groupLines(key, name, fields));
  }
  return { key, lines };
}

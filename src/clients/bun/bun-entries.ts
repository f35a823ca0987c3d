import type { Source } from '../../domain/source.ts';
import { type ConfigEntry, createEntry } from '../npmrc/config-entry.ts';
import { lineValue } from '../npmrc/grouped-lines.ts';
import type { NpmrcEntry } from '../npmrc/read-npmrc.ts';
import { asWritten, type Expansion, referenceTo, type Variables } from '../npmrc/references.ts';
import { expandBare, expandBraces } from './bun-expand.ts';
import type { BunFiles } from './bun-files.ts';
import type { BunRules } from './bun-rules.ts';
import type { Bunfig, BunfigRegistry } from './bunfig.ts';

/** Keys whose value may be a whole `$NAME`. */
const bareKeys = /(?:^|:)(?:registry|_authToken|username)$/;

/** The settings of an `.npmrc`; `ignored` are those that Bun passes over: no text, a list (run for real: Bun 1.4.5). */
export function npmrcEntries(
  file: BunFiles['npmrcs'][number],
  variables: Variables,
  rules: BunRules,
): { entries: ConfigEntry[]; ignored: ConfigEntry[] } {
  const entries: ConfigEntry[] = [];
  const ignored: ConfigEntry[] = [];
  // one line with [] makes a list of all of its key (run for real: Bun 1.4.5)
  const lists = new Set(file.reading.entries.filter(({ list }) => list).map(({ key }) => key));
  for (const line of file.reading.entries) {
    const source: Source = { kind: 'file', path: file.shown, line: line.line, column: line.column };
    const written = line.text.slice(line.text.indexOf('=') + 1).trim();
    const quoted = /^(?:".*"|'.*')$/.test(written);
    const raw = rawValue(line, written, quoted, variables, rules);
    const taken = !lists.has(line.key) && takesText(line, written);
    const entry = createEntry(line.key, raw, file.role, source, {
      key: asWritten,
      value: (text) => (taken ? expandValue(line.key, text, quoted, variables, rules) : asWritten('')),
    });
    if (taken) entries.push(entry);
    else ignored.push({ ...entry, superseded: true, setting: { ...entry.setting, inEffect: false } });
  }
  return { entries, ignored };
}

/** Older versions keep a comment behind a value in which nothing is replaced. */
function rawValue(
  line: NpmrcEntry,
  written: string,
  quoted: boolean,
  variables: Variables,
  rules: BunRules,
): string {
  const value = lineValue(line);
  if (!rules.commentsInValues || quoted || written.includes('\\')) return value;
  const replaces = expandBraces(written, false, variables, rules).text !== written;
  return replaces ? value : written;
}

function takesText({ value }: NpmrcEntry, written: string): boolean {
  if (value === true || /^(?:true|false|null)$/.test(value)) return false;
  return !/^'(?:-?\d[\d.]*|[[{].*[\]}])'$/.test(written);
}

function expandValue(
  key: string,
  text: string,
  quoted: boolean,
  variables: Variables,
  rules: BunRules,
): Expansion {
  const braces = expandBraces(text, quoted, variables, rules);
  if (!bareKeys.test(key)) return braces;
  const bare = expandBare(/registry$/.test(key) ? braces.text.replace(/\/+$/, '') : braces.text, variables);
  if (bare === null) return braces;
  return { ...bare, references: [...braces.references, ...bare.references] };
}

/** What bunfig.toml says of one registry, as settings. `scope` has no `@`, `null` for the registry of all others. */
export interface BunfigEntries {
  scope: string | null;
  /** All of it stands on one line, as a table in braces. */
  isInline: boolean;
  url: ConfigEntry | null;
  token: ConfigEntry | null;
  username: ConfigEntry | null;
  password: ConfigEntry | null;
}

/** The registries of one bunfig.toml. Only a whole `$NAME` is replaced there (measured: b02, b02b). */
export function bunfigEntries(
  { shown, role }: BunFiles['bunfigs'][number],
  bunfig: Bunfig,
  variables: Variables,
  rules: BunRules,
): BunfigEntries[] {
  const create = (
    registry: BunfigRegistry,
    key: string,
    field: 'url' | 'token' | 'username' | 'password',
  ): ConfigEntry | null => {
    const raw = registry[field];
    if (raw === null) return null;
    const path = [...registry.path, field];
    const place = bunfig.places.placeOf(path);
    const value = (text: string): Expansion => bunfigValue(text, field, variables, rules);
    const entry = createEntry(
      key,
      raw,
      role,
      { kind: 'file', path: shown, ...place },
      { key: asWritten, value },
    );
    const named = (field === 'url' ? registry.path : path).join('.');
    const source: Source = { kind: 'file', path: shown, ...place, key: named };
    return { ...entry, source, setting: { ...entry.setting, key: named, source } };
  };
  const of = (scope: string | null, registry: BunfigRegistry): BunfigEntries => {
    const lead = scope === null ? '' : `@${scope}:`;
    const { line } = bunfig.places.placeOf(registry.path);
    return {
      scope,
      isInline: bunfig.places.placeOf([...registry.path, 'token']).line === line,
      url: create(registry, `${lead}registry`, 'url'),
      token: create(registry, `${lead}_authToken`, 'token'),
      username: create(registry, `${lead}username`, 'username'),
      password: create(registry, `${lead}_password`, 'password'),
    };
  };
  const general = bunfig.registry === null ? [] : [of(null, bunfig.registry)];
  return [...[...bunfig.scopes].map(([scope, registry]) => of(scope, registry)), ...general];
}

function bunfigValue(text: string, field: string, variables: Variables, rules: BunRules): Expansion {
  const whole = field === 'url' ? text.replace(/\/+$/, '') : text;
  const bare = expandBare(whole, variables);
  if (bare !== null) return bare;
  const name = /^\$(\w+)$/.exec(whole)?.[1];
  if (name !== undefined) {
    const references = [referenceTo(name, whole, variables(name))];
    const kept = rules.unsetBunfigReference === 'sent' || field === 'url' ? text : '';
    return { text: kept, printable: kept, references };
  }
  return asWritten(text);
}

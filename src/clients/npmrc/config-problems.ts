import type { ClientFile, ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { SettingLayer } from '../../domain/setting.ts';
import { isBelow } from '../world-paths.ts';
import { bareName } from './bare-name.ts';
import type { ConfigEntry } from './config-entry.ts';
import { isForeignReference } from './foreign-reference.ts';
import { heldSettings, registryKey, scopeRegistries, secretField } from './held-settings.ts';
import type { LineFault, LineRules } from './line-fault.ts';
import { lineFault } from './line-faults.ts';
import { passwordFaults } from './password-faults.ts';
import { printableLine, printableText } from './printable-line.ts';
import { type NpmrcEntry, type NpmrcReading, readNpmrc } from './read-npmrc.ts';
import { looksLikeName, type Variables, variablesOf } from './references.ts';

/** An rc file that a client read. `shown` is its path as sources name it; `role` the layer of its settings. */
export interface ReadNpmrc {
  path: string;
  shown: string;
  role: SettingLayer;
  reading: NpmrcReading;
}

/** What a client made of its rc files and variables: all entries, and those that count by their key. */
export interface ReadConfig {
  entries: readonly ConfigEntry[];
  effective: ReadonlyMap<string, ConfigEntry>;
  read: readonly ReadNpmrc[];
  files: readonly ClientFile[];
}

/** Everything in a client's rc files and variables that can't mean what it looks like, in the order of the files; texts are fit for printing. */
export function configProblems(
  settings: ReadConfig,
  rules: LineRules,
  world: ClientWorld,
): readonly ConfigProblem[] {
  const variables = variablesOf(world.env, world.platform);
  return [
    ...settings.read.flatMap((file) => malformedLines(file, rules, variables)),
    ...passwordFaults(settings.effective, rules.client),
    ...settings.entries.flatMap(valuelessVariables),
    ...settings.entries.filter((entry) => isLiteralInCheckout(entry, settings, world)).map(literalToken),
    ...settings.entries.flatMap((entry) => shadowed(entry, settings)),
    ...ignoredFiles(world, settings.files),
  ];
}

/** Those of the files that the client passes over, with what they hold. */
export function ignoredFiles(world: ClientWorld, files: readonly ClientFile[]): readonly ConfigProblem[] {
  return files
    .filter(({ state }) => state === 'not-read-by-client')
    .map((file) => ({ kind: 'ignored-file', file, ...heldSettings(world, file) }));
}

function keysOf(entries: readonly NpmrcEntry[]): readonly string[] {
  return entries.map(({ key }) => printableText(key));
}

function hiding(entries: readonly NpmrcEntry[]) {
  return { hides: keysOf(entries), ...mapping(entries) };
}

function mapping(entries: readonly Pick<NpmrcEntry, 'key' | 'value'>[]) {
  const registries = scopeRegistries(entries);
  return registries.size === 0 ? {} : { registries };
}

/** What a line was to set: as it must be, or under the keys that it keeps from being read. */
function meantBy(
  { corrected, hides = [] }: LineFault,
  { value }: NpmrcEntry,
): readonly Pick<NpmrcEntry, 'key' | 'value'>[] {
  return corrected === null ? hides.map((key) => ({ key, value })) : readNpmrc(corrected).entries;
}

function malformedLines(
  { shown, reading }: ReadNpmrc,
  rules: LineRules,
  variables: Variables,
): ConfigProblem[] {
  if (reading.utf16) {
    const keys = keysOf(reading.utf16);
    return [
      {
        kind: 'malformed-line',
        source: { kind: 'file', path: shown, line: 1, column: 1 },
        line: `in UTF-16: ${keys.join(', ')}`,
        corrected: null,
        why: `the file is written in UTF-16, of which ${rules.client} reads nothing`,
        ...hiding(reading.utf16),
        step: 'save the file as UTF-8 without a byte order mark: Windows PowerShell 5 writes UTF-16 with > and Out-File unless it is told -Encoding ascii',
      },
    ];
  }
  const glued = (reading.glued ?? []).map(
    ({ line, text, hides }): ConfigProblem => ({
      kind: 'malformed-line',
      source: { kind: 'file', path: shown, line, column: 1 },
      line: printableLine(text.trim()),
      corrected: null,
      why: `carriage returns without a line feed end no line for ${rules.client}: the ${hides.length === 1 ? 'setting' : `${hides.length} settings`} behind this one ${hides.length === 1 ? 'is a part' : 'are parts'} of its value`,
      ...hiding(hides),
      step: 'save the file with line ends of Unix (LF)',
    }),
  );
  const inGlued = new Set(reading.glued?.map(({ line }) => line));
  const lines = reading.entries.flatMap((entry): ConfigProblem[] => {
    if (inGlued.has(entry.line)) return [];
    const fault = withNextLine(lineFault(entry, rules, variables), entry, reading.entries);
    if (fault === null) return [];
    const { line, column, text } = entry;
    const source = { kind: 'file', path: shown, line, column } as const;
    const corrected = fault.corrected?.split('\n').map(printableLine).join('\n') ?? null;
    return [
      {
        kind: 'malformed-line',
        source,
        line: printableLine(text.trim()),
        corrected,
        why: printableText(fault.why),
        ...(fault.hides ? { hides: fault.hides.map(printableText) } : {}),
        ...mapping(meantBy(fault, entry)),
        ...(fault.isEmpty ? { isEmpty: true } : {}),
        ...(fault.step ? { step: fault.step } : {}),
        ...(fault.ofPassword ? { ofPassword: true } : {}),
        ...(fault.variable && looksLikeName(fault.variable)
          ? { refersTo: referred(fault.variable, variables) }
          : {}),
      },
    ];
  });
  const sections = reading.sections
    .filter(({ hides }) => hides.length > 0)
    .map(
      ({ line, text, hides }): ConfigProblem => ({
        kind: 'malformed-line',
        source: { kind: 'file', path: shown, line, column: 1 },
        line: printableLine(text.trim()),
        corrected: null,
        why: `${rules.client} has no sections: this line hides the ${hides.length === 1 ? 'setting' : `${hides.length} settings`} below it`,
        ...hiding(hides),
        step: 'take the line out: the settings below it then count',
      }),
    );
  return [...glued, ...lines, ...sections];
}

/** The variable that a line was to refer to, as a problem tells it. */
export function referred(name: string, variables: Variables): { name: string; hasValue: boolean } {
  return { name, hasValue: Boolean(variables(name)) };
}

/** A value that begins with a line break stands alone on the line below its key, and is no setting there (user reports). */
function withNextLine(
  fault: LineFault | null,
  { line, key }: NpmrcEntry,
  entries: readonly NpmrcEntry[],
): LineFault | null {
  const next = fault?.isEmpty ? entries.find((one) => one.line === line + 1) : undefined;
  if (!fault || next?.value !== true || !/^[\w.~+/-]{8,}$/.test(next.text.trim())) return fault;
  return {
    corrected: null,
    why: 'the key has no value, and the line below it is one without a key: the value that was written here began with a line break',
    hides: [key],
    step: `store the token without the line break, or let the line refer to its variable: ${printableText(key)}=\${NAME}`,
  };
}

function valuelessVariables({ key, keyReferences, references, setting }: ConfigEntry): ConfigProblem[] {
  if (!setting.inEffect || !(secretField.test(key) || registryKey.test(key))) return [];
  const names = [...keyReferences, ...references]
    .filter(({ state, name }) => state !== 'set' && /^\w+$/.test(name))
    .map(({ name }) => name);
  return [...new Set(names)].map((variable) => ({ kind: 'unset-variable', variable, setting }));
}

/** A token written out in a file below the project or its workspace root. */
function isLiteralInCheckout(
  { key, value, references, source, layer }: ConfigEntry,
  settings: ReadConfig,
  world: ClientWorld,
): boolean {
  if (source.kind !== 'file' || !secretField.test(key) || value === '' || references.length > 0) return false;
  if (/^\$\w+$|^\\?\$\{|^%\w+%$|^(?:true|false|null)$/.test(value) || isForeignReference(value)) return false;
  if (bareName(value, variablesOf(world.env, world.platform)) !== null) return false;
  const file = settings.read.find(({ role, shown }) => role === layer && shown === source.path);
  return (
    file !== undefined &&
    [world.projectDirectory, world.workspaceRoot].some((folder) => isBelow(world, file.path, folder))
  );
}

function literalToken({ setting }: ConfigEntry): ConfigProblem {
  return { kind: 'literal-token', setting };
}

/** A registry or credential that a nearer place, or a later line of the same file, sets to something else (measured: p01, p07, q20). */
function shadowed(entry: ConfigEntry, settings: ReadConfig): ConfigProblem[] {
  if (entry.setting.inEffect || !(secretField.test(entry.key) || registryKey.test(entry.key))) return [];
  const winner = settings.effective.get(entry.key);
  if (!winner || winner.value === entry.value) return [];
  return [{ kind: 'shadowed', winner: winner.setting, loser: entry.setting }];
}

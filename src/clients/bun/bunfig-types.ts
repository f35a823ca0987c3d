import { isRecord } from '../../domain/record.ts';

type Table = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isSwitch: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';
const isTexts: Check = (value) => isText(value) || isListOfTexts(value);
const isTable: Check = (value) => asTable(value) !== null;
const oneOf =
  (...texts: string[]): Check =>
  (value) =>
    typeof value === 'string' && texts.includes(value);
const either =
  (...checks: Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

const levels = ['debug', 'error', 'warn', 'info'];

/**
 * Settings by whose type Bun ends, with what it takes; those of an install only, without the registries (run for real: Bun 1.4.5, its bunfig reader).
 */
const checks: readonly (readonly [path: readonly string[], takes: Check, expected: string])[] = [
  [['logLevel'], oneOf(...levels), 'a log level'],
  [['origin'], isText, 'a text in quotes'],
  [['define'], isTable, 'a table'],
  [['loader'], isTable, 'a table'],
  [['external'], isTexts, 'a text or a list of texts'],
  [['env'], either(isSwitch, isTable), 'true, false or a table'],
  [['env', 'file'], isSwitch, 'true or false'],
  [['run', 'silent'], isSwitch, 'true or false'],
  [['run', 'bun'], isSwitch, 'true or false'],
  [['run', 'shell'], oneOf('bun', 'system'), '"bun" or "system"'],
  [['run', 'elide-lines'], isNumber, 'a number'],
  [['console', 'depth'], isNumber, 'a number'],
  [['serve', 'static', 'plugins'], isTexts, 'a text or a list of texts'],
  [['install', 'logLevel'], oneOf(...levels), 'a log level'],
  [['install', 'auto'], either(isSwitch, oneOf('auto', 'force', 'disable', 'fallback')), 'a way to install'],
  [['install', 'prefer'], oneOf('online', 'offline', 'latest'), '"online" or "offline"'],
  [['install', 'cafile'], isText, 'a text in quotes'],
  [['install', 'ca'], isTexts, 'a text or a list of texts'],
  [['install', 'linker'], oneOf('isolated', 'hoisted'), '"isolated" or "hoisted"'],
  [['install', 'lockfile', 'print'], oneOf('yarn', 'bun'), '"yarn" or "bun"'],
  [['install', 'security'], isTable, 'a table'],
  [['install', 'security', 'scanner'], isText, 'a text in quotes'],
  [['install', 'publicHoistPattern'], isTexts, 'a text or a list of texts'],
  [['install', 'hoistPattern'], isTexts, 'a text or a list of texts'],
  [['install', 'minimumReleaseAge'], (value) => (secondsOf(value) ?? -1) >= 0, 'a number of seconds'],
  [['install', 'minimumReleaseAgeExcludes'], isListOfTexts, 'a list of texts'],
];

/** The first setting of a type that Bun does not take, `null` when there is none. */
export function wrongType(root: Table): { path: readonly string[]; message: string } | null {
  for (const [path, takes, expected] of checks) {
    const value = path.reduce<unknown>((table, key) => own(asTable(table), key), root);
    if (value !== undefined && !takes(value)) return { path, message: `expected ${expected}` };
  }
  return null;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

/** An age in seconds: a number of them, or a text with a unit (`"1d"`, `"2 days"`); `null` for anything else. */
export function secondsOf(age: unknown): number | null {
  if (typeof age === 'number') return age;
  if (typeof age !== 'string') return null;
  const [, amount, unit = 's'] =
    /^\s*(\d{1,12}(?:\.\d{1,12})?)\s*(?:(s|m|h|d|w)|(?:sec|min|hr|second|minute|hour|day|week)s?)?\s*$/.exec(
      age,
    ) ?? [];
  const named = /(sec|min|h|d|w)[a-z]+\s*$/.exec(age)?.[1]?.charAt(0);
  return amount === undefined ? null : Number(amount) * (units[named ?? unit] ?? 1);
}

/** A table of TOML; `null` for anything else. */
export function asTable(value: unknown): Table | null {
  return isRecord(value) && !(value instanceof Date) ? value : null;
}

/** The table's own member of that name. */
export function own(table: Table | null, key: string): unknown {
  return table !== null && Object.hasOwn(table, key) ? table[key] : undefined;
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

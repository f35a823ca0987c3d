import type { ClientStop } from '../../domain/client.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { LoadedSettings } from './load-settings.ts';
import { isOn } from './npm-entry.ts';
import type { NpmRules } from './npm-rules.ts';
import { knownToNpm12 } from './npm12-keys.ts';

const fileLayers: readonly string[] = ['project', 'user', 'global'];

/**
 * Why npm ends before any request, whatever is asked of it: an unset reference (npm 6; measured: u01, u08), bare credentials in a file
 * (npm 9+; measured: a08-a11), a `registry` that is no URL
 * (npm 9+), unknown keys with `strict-npmrc` (npm 12; measured: x14), one file in two roles, an age of releases that is no number. `null` when it goes on.
 */
export function npmStop(settings: LoadedSettings, rules: NpmRules): ClientStop | null {
  return (
    (rules.unsetReference === 'stops'
      ? unsetReference(settings.entries.filter((entry) => !entry.superseded))
      : null) ??
    (rules.rejectsSameFileTwice ? sameFileTwice(settings) : null) ??
    (rules.bareCredentials === 'stop' ? bareCredential(settings, rules) : null) ??
    (rules.strictSetting ? unknownKey(settings, rules) : null) ??
    (rules.unsetReference === 'stops' ? null : registryNoUrl(settings, rules)) ??
    ageNoNumber(settings, rules)
  );
}

function unsetReference(entries: readonly ConfigEntry[]): ClientStop | null {
  for (const { references, keyReferences, source } of entries) {
    const unset = [...keyReferences, ...references].find(({ state }) => state === 'unset');
    if (unset) {
      return { code: 'Error', message: `Failed to replace env in config: ${unset.shown}`, source };
    }
  }
  return null;
}

function sameFileTwice({ files }: LoadedSettings): ClientStop | null {
  const read = files.filter(({ state }) => state !== 'not-read-by-client');
  const global = read.find(({ role }) => role === 'global');
  const other = read.find(({ path, role }) => role !== 'global' && path === global?.path);
  if (!global || !other) return null;
  return {
    code: 'Error',
    message: `double-loading config "${global.path}" as "global", previously loaded as "${other.role}"`,
    source: { kind: 'file', path: global.path, line: 1 },
  };
}

/** What npm checks in each file; a key with an empty value does no harm. */
function bareCredential(settings: LoadedSettings, rules: NpmRules): ClientStop | null {
  const keys = new Set([
    '_authtoken',
    '-authtoken',
    '_auth',
    '_authToken',
    'username',
    '_password',
    ...rules.moreStoppingKeys,
  ]);
  const found = lastOfEachFile(settings).find(({ key, value }) => keys.has(key) && value !== '');
  if (!found) return null;
  return {
    code: 'ERR_INVALID_AUTH',
    message: `Invalid auth configuration found: \`${found.setting.key}\` must stand behind a registry in ${found.layer} config`,
    source: found.source,
  };
}

/** npm 7 and 8 pass over a `registry` without anything like a protocol, but end at `host:port/path`. */
function registryNoUrl(settings: LoadedSettings, rules: NpmRules): ClientStop | null {
  const looksLikeUrl = (value: string) => URL.canParse(value) || /^[a-z0-9.+-]+:/i.test(value);
  const registry = rules.dropsWrongTypes
    ? settings.typed('registry', looksLikeUrl)
    : settings.effective.get('registry');
  if (!registry || URL.canParse(registry.value)) return null;
  return { code: 'ERR_INVALID_URL', message: 'Invalid URL', source: registry.source };
}

/**
 * An age like `7d`, or a date that is none, while the other of the two is not set: npm warns, takes the value out, and ends at the date it
 * reckons from nothing (run for real: npm 10 to 12; a weaker file's value does not help).
 */
function ageNoNumber({ effective }: LoadedSettings, { typedAges }: NpmRules): ClientStop | null {
  const set = typedAges.flatMap((key) => {
    const entry = effective.get(key);
    return entry?.value ? [{ ...entry, key }] : [];
  });
  const [only] = set;
  if (!only || set.length > 1) return null;
  const { key, value, source } = only;
  const [valid, type] =
    key === 'before'
      ? [!Number.isNaN(Date.parse(value)), 'valid Date string']
      : [!Number.isNaN(Number(value)), 'numeric value'];
  if (valid) return null;
  return {
    code: 'Invalid time value',
    message: `invalid config ${key}=${JSON.stringify(value)}: must be one of: null, ${type}`,
    source,
  };
}

function unknownKey(settings: LoadedSettings, rules: NpmRules): ClientStop | null {
  if (!isOn(settings.effective.get('strict-npmrc'), rules)) return null;
  const section = settings.read.flatMap(({ shown, reading }) =>
    reading.sections.map(({ line, text }) => ({ path: shown, line, text })),
  )[0];
  const unknown = lastOfEachFile(settings).find(({ key }) => !knownToNpm12(key));
  if (unknown) {
    return {
      code: 'EUNKNOWNCONFIG',
      message: `Unknown npm configuration key: ${unknown.layer} config "${unknown.setting.key}"`,
      source: unknown.source,
    };
  }
  if (!section) return null;
  return {
    code: 'EUNKNOWNCONFIG',
    message: `Unknown npm configuration key: ${section.text.trim()}`,
    source: { kind: 'file', path: section.path, line: section.line },
  };
}

function lastOfEachFile({ entries }: LoadedSettings): readonly ConfigEntry[] {
  const last = new Map<string, ConfigEntry>();
  for (const entry of entries) {
    if (fileLayers.includes(entry.layer)) last.set(`${entry.layer} ${entry.key}`, entry);
  }
  return [...last.values()];
}

import type { ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { sameSource } from '../../domain/source.ts';
import { configProblems, type ReadNpmrc } from '../npmrc/config-problems.ts';
import type { LineRules } from '../npmrc/line-fault.ts';
import { printableLine, printableText } from '../npmrc/printable-line.ts';
import { pnpmCredentials } from './pnpm-credentials.ts';
import type { RefusedEntry } from './pnpm-entries.ts';
import type { PnpmRegistries } from './pnpm-registries.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';
import { pnpmMetadataUrl } from './pnpm-urls.ts';

/** Everything in pnpm's files and variables that can't mean what it looks like; texts are fit for printing. */
export function pnpmProblems(
  settings: PnpmSettings,
  registries: PnpmRegistries,
  rules: PnpmRules,
  world: ClientWorld,
): readonly ConfigProblem[] {
  const { effective, files, read } = settings;
  const aside = new Set([...settings.refused, ...settings.dropped].map(({ entry }) => entry));
  const entries = settings.entries.filter((entry) => !aside.has(entry));
  return [
    ...settings.refused.map(
      ({ entry, variable, what }): ConfigProblem => ({
        kind: 'refused-expansion',
        variable,
        setting: entry.setting,
        why: refusals[what],
      }),
    ),
    ...registries.problems,
    ...registriesWithoutSlash(settings, registries, rules),
    ...rcKeysInYaml(settings, rules),
    ...settings.dropped.map(
      ({ entry, reference }): ConfigProblem => ({
        kind: 'unset-variable',
        variable: reference.name,
        setting: entry.setting,
      }),
    ),
    ...configProblems({ entries, effective, read, files }, lineRules(rules), world),
    ...(rules.reader === 'lines' ? read.flatMap(trailingComments) : []),
  ];
}

/** `@scope:registry` and credentials at the top of pnpm-workspace.yaml, which counts for nothing there (user reports; run for real on 10 to 12). */
function rcKeysInYaml({ layers: { workspace } }: PnpmSettings, rules: PnpmRules): ConfigProblem[] {
  const found = workspace?.keys.filter((key) => /^@[^:]*:registry$|^\/\/.*:_auth/.test(key)) ?? [];
  if (!workspace || found.length === 0) return [];
  const why =
    rules.workspaceFile === 'settings'
      ? 'pnpm takes registries of scopes from `registries` of this file and from .npmrc, and credentials from .npmrc only'
      : 'this version of pnpm takes no registries from this file';
  const registries = found.flatMap((key) => {
    const scope = /^(@[^:]*):registry$/.exec(key)?.[1];
    const url = workspace.get(key);
    return scope !== undefined && typeof url === 'string' ? [[scope, printableText(url)] as const] : [];
  });
  return [
    {
      kind: 'ignored-file',
      file: { ...workspace.file, why },
      partly: true,
      source: workspace.source(found[0] ?? ''),
      keys: found.map(printableText),
      registries: new Map(registries),
    },
  ];
}

const refusals: Readonly<Record<RefusedEntry['what'], string>> = {
  registry: "it replaces no references in registry URLs of a project's file",
  credential: "it replaces no references in credentials of a project's file",
  'auth-setting': 'it replaces no references in the setting _auth',
};

function lineRules(rules: PnpmRules): LineRules {
  return {
    client: 'pnpm',
    exactKeys: !rules.slashOptional,
    operators: rules.optionalReference ? ['?', '-', ':-'] : ['-', ':-'],
    bareReferences: false,
    fallbackNeedsText: rules.reader !== 'lines',
  };
}

/** Registries whose own key is not found for want of the slash at their end, and no key above it is. */
function registriesWithoutSlash(
  settings: PnpmSettings,
  registries: PnpmRegistries,
  rules: PnpmRules,
): ConfigProblem[] {
  if (rules.slashBehindRegistry) return [];
  const sent = pnpmCredentials(settings, registries, rules);
  return [...settings.effective.values()].flatMap(({ key, value, setting }): ConfigProblem[] => {
    const scope = /^(?:(@[^:]*):)?registry$/.exec(key);
    if (!scope || value === '' || value.endsWith('/')) return [];
    const name = scope[1] === undefined ? 'a' : `${scope[1]}/a`;
    const { url, source } = registries.choose(name);
    if (url === null || !sameSource(source, setting.source)) return [];
    const isFound = sent(pnpmMetadataUrl(url, name), url).kind !== 'none';
    if (isFound || sent(url, null).kind === 'none') return [];
    const line = `${setting.key}=${setting.written}`;
    return [
      {
        kind: 'malformed-line',
        source,
        line,
        corrected: `${line}/`,
        why: 'without a slash at the end pnpm before 8.11 does not find the key of this registry',
      },
    ];
  });
}

/** pnpm 12 takes a remark behind a value for a part of it (measured: q12). */
function trailingComments({ shown, reading }: ReadNpmrc): ConfigProblem[] {
  return reading.entries.flatMap(({ line, column, text, key, value }): ConfigProblem[] => {
    if (value === true || !/(?:^|:)(?:registry|_authToken|_auth|_password)$/.test(key)) return [];
    const at = value.search(/\s[#;]/);
    if (at === -1) return [];
    const written = text.trim();
    const remark = written.lastIndexOf(value.slice(at));
    return [
      {
        kind: 'malformed-line',
        source: { kind: 'file', path: shown, line, column },
        line: printableLine(written),
        corrected: remark === -1 ? null : printableLine(written.slice(0, remark).trimEnd()),
        why: 'pnpm 12 knows no remark behind a value: it becomes part of the value',
      },
    ];
  });
}

import type { ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { ignoredFiles, referred } from '../npmrc/config-problems.ts';
import { foreignReference, isForeignReference } from '../npmrc/foreign-reference.ts';
import { routeFault } from '../npmrc/gitlab-registry.ts';
import { printableLine, printableText } from '../npmrc/printable-line.ts';
import { type Variables, variablesOf } from '../npmrc/references.ts';
import { isBelow } from '../world-paths.ts';
import { type BerryEntry, isSecretField, sourceOf } from './berry-entry.ts';
import type { ReadRc } from './berry-files.ts';
import type { RcPlace, RcValue } from './berry-value.ts';
import { scopeKey } from './berry-writing.ts';
import type { BerrySettings } from './load-berry-settings.ts';

/** Everything in the files and variables of Yarn 2+ that can't mean what it looks like; texts are fit for printing. */
export function berryProblems(settings: BerrySettings, world: ClientWorld): readonly ConfigProblem[] {
  return [
    ...[...settings.read].reverse().flatMap(malformed),
    ...settings.entries.flatMap(noRoute),
    ...settings.entries.flatMap((entry) => foreign(entry, variablesOf(world.env, world.platform))),
    ...settings.entries.flatMap(valueless),
    ...settings.entries
      .filter((entry) => isLiteralInCheckout(entry, settings, world))
      .map(({ setting }): ConfigProblem => ({ kind: 'literal-token', setting })),
    ...shadowed(settings),
    ...ignoredFiles(world, settings.files),
  ];
}

function malformed({ file, text, reading }: ReadRc): ConfigProblem[] {
  const problem = (place: RcPlace, corrected: string | null, why: string): ConfigProblem => ({
    kind: 'malformed-line',
    source: sourceOf(place),
    line: place.kind === 'file' ? lineAt(text, place.line) : '',
    corrected,
    why: printableText(why),
  });
  if (reading.kind === 'faulty') {
    const { line, column, why } = reading;
    return [problem({ kind: 'file', file, line, column }, null, `the file is no YAML: ${why}`)];
  }
  const { entries } = reading.root;
  return [
    ...scopesWithAt(entries.get('npmScopes')).map(({ key, place, registry, isKeyed }) => ({
      ...problem(
        place,
        `${scopeKey(key)}:`,
        'a scope stands without its @ in npmScopes, this one is never looked up',
      ),
      ...(registry === null ? {} : { registries: new Map([[key, printableText(registry)]]) }),
      ...(registry === null || !isKeyed ? {} : { hides: [keyOf(registry)] }),
    })),
    ...nameless(entries).map(({ key, address, place }) => ({
      ...problem(
        place,
        `"${printableText(address)}":`,
        `npmRegistries has the addresses of registries, and ${key} is none`,
      ),
      hides: [keyOf(address)],
    })),
    ...portsIn(entries.get('unsafeHttpWhitelist')).map(({ host, place }) =>
      problem(place, `- "${host}"`, 'unsafeHttpWhitelist takes host names, one with a port matches nothing'),
    ),
  ];
}

/** The credential of an address as an `.npmrc` has its key. */
function keyOf(address: string): string {
  return printableText(`${address.replace(/^https?:/, '').replace(/\/?$/, '/')}:_authToken`);
}

function noRoute({ path, raw, source }: BerryEntry): ConfigProblem[] {
  const field = path.at(-1) ?? '';
  const fault = urlFields.has(field) ? routeFault(raw) : null;
  if (fault === null) return [];
  const line = (url: string) => printableLine(`${field}: ${JSON.stringify(url)}`);
  return [
    { kind: 'malformed-line', source, line: line(raw), corrected: line(fault.corrected), why: fault.why },
  ];
}

/** A reference that Yarn does not replace, or ends at: the form is that of a workflow or a template. */
function foreign({ path, raw, source, setting }: BerryEntry, variables: Variables): ConfigProblem[] {
  const field = path.at(-1) ?? '';
  const isSecret = isSecretField(field);
  const found = isSecret || urlFields.has(field) ? foreignReference(raw) : null;
  const [, dollar, percent] = /^(?:\$([A-Z_][A-Z0-9_]*)|%([A-Z_][A-Z0-9_]*)%)$/.exec(raw) ?? [];
  const bare = isSecret ? (dollar ?? percent) : undefined;
  if ((!found && bare === undefined) || source.kind !== 'file') return [];
  const { name, of, text } = found ?? { name: bare ?? null, of: 'a shell', text: raw };
  const problem = {
    kind: 'malformed-line',
    source,
    line: `${field}: "${setting.written}"`,
    why: `Yarn replaces \${NAME} only, and ${name === null ? 'this' : text} is the form of ${of}`,
  } as const;
  if (name === null || text !== raw)
    return [
      { ...problem, corrected: null, step: 'refer to the variable that holds it as ${NAME-}, in braces' },
    ];
  return [{ ...problem, corrected: `${field}: "\${${name}-}"`, refersTo: referred(name, variables) }];
}

function scopesWithAt(
  value: RcValue | undefined,
): { key: string; place: RcPlace; registry: string | null; isKeyed: boolean }[] {
  if (value?.kind !== 'map') return [];
  return [...value.entries]
    .filter(([key]) => /^@[\w.~-]+$/.test(key))
    .map(([key, settings]) => {
      const entries = settings.kind === 'map' ? settings.entries : new Map<string, RcValue>();
      const server = entries.get('npmRegistryServer');
      return {
        key,
        place: settings.place,
        registry: server?.kind === 'text' ? server.text : null,
        isKeyed: [...entries.keys()].some(isSecretField),
      };
    });
}

/** Credentials that npmRegistries holds under a scope, or under a host alone, with the address that was meant (user reports; @yarnpkg/plugin-npm npmConfigUtils). */
function nameless(entries: RcEntries): { key: string; address: string; place: RcPlace }[] {
  const scopes = entries.get('npmScopes');
  return membersOf(entries.get('npmRegistries')).flatMap(([key, given]) => {
    if (/^(?:[a-z]+:)?\/\//.test(key) || !membersOf(given).some(([field]) => isSecretField(field))) return [];
    const scope = membersOf(scopes).find(([name]) => name === key.replace(/^@/, ''))?.[1];
    const server = membersOf(scope).find(([field]) => field === 'npmRegistryServer')?.[1];
    const address =
      server?.kind === 'text' ? server.text : /^[\w-]+(?:\.[\w-]+)+/.test(key) ? `//${key}` : null;
    return address === null ? [] : [{ key, address, place: given.place }];
  });
}

type RcEntries = Extract<RcValue, { kind: 'map' }>['entries'];

function membersOf(value: RcValue | undefined): [string, RcValue][] {
  return value?.kind === 'map' ? [...value.entries] : [];
}

/** Entries with a port (measured: y15b). */
function portsIn(value: RcValue | undefined): { host: string; place: RcPlace }[] {
  if (value?.kind !== 'list') return [];
  return value.items.flatMap((item) => {
    const host = item.kind === 'text' ? /^([\w.*-]+):\d+$/.exec(item.text)?.[1] : undefined;
    return host === undefined ? [] : [{ host, place: item.place }];
  });
}

function lineAt(text: string, line: number): string {
  let at = 0;
  for (let count = 1; count < line; count += 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return '';
    at = next + 1;
  }
  const end = text.indexOf('\n', at);
  return maskedLine(
    text
      .slice(at, end === -1 ? undefined : end)
      .slice(0, 4096)
      .trim(),
  );
}

/** A YAML line fit for printing: a value behind a credential's key is masked as an `.npmrc` line's would be. */
function maskedLine(line: string): string {
  const secret = /^(.*?(?:auth|token|ident|password)\w*["']?\s*:\s*)(.+)$/i.exec(line);
  if (!secret) return printableLine(line);
  return `${printableText(secret[1] ?? '')}${/^["']?\$\{\w+(?::?-)?\}["']?$/.test(secret[2] ?? '') ? secret[2] : '…'}`;
}

const urlFields = new Set(['npmRegistryServer', 'npmPublishRegistry']);

function decidesAccess({ path }: BerryEntry): boolean {
  const field = path.at(-1) ?? '';
  return isSecretField(field) || urlFields.has(field);
}

/** Registries and credentials that come to nothing, or end Yarn, because a variable has no value (measured: y07, y07b, y07i). */
function valueless(entry: BerryEntry): ConfigProblem[] {
  const { setting, references, stops, value, path } = entry;
  if (!decidesAccess(entry) || !setting.inEffect) return [];
  const usable = isSecretField(path.at(-1) ?? '') ? value !== '' : URL.canParse(value);
  if (usable && stops === null) return [];
  const names = references
    .filter(({ state, name }) => state !== 'set' && /^\w+$/.test(name))
    .map(({ name }) => name);
  return [...new Set(names)].map((variable) => ({ kind: 'unset-variable', variable, setting }));
}

function isLiteralInCheckout(entry: BerryEntry, settings: BerrySettings, world: ClientWorld): boolean {
  const { source, value, references, path } = entry;
  if (source.kind !== 'file' || !isSecretField(path.at(-1) ?? '')) return false;
  if (value === '' || references.length > 0 || /^\$\w+$|^\$\{|^%\w+%$/.test(value)) return false;
  if (isForeignReference(value)) return false;
  const file = settings.read.find(({ file: { shown } }) => shown === source.path)?.file;
  return (
    file !== undefined &&
    [world.projectDirectory, world.workspaceRoot].some((folder) => isBelow(world, file.path, folder))
  );
}

/** Registries and credentials that a nearer place sets to something else (measured: y12c). */
function shadowed(settings: BerrySettings): ConfigProblem[] {
  const winners = new Map<string, BerryEntry>();
  for (const entry of settings.entries) if (entry.setting.inEffect) winners.set(entry.setting.key, entry);
  return settings.entries.flatMap((entry): ConfigProblem[] => {
    const winner = winners.get(entry.setting.key);
    if (entry.setting.inEffect || !winner || !decidesAccess(entry) || winner.value === entry.value) return [];
    return [{ kind: 'shadowed', winner: winner.setting, loser: entry.setting }];
  });
}

import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { ClientFile, ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { type BunfigRegistry, readBunfig } from '../bun/bunfig.ts';
import { readYarnrc } from '../yarn/yarn-read-yarnrc.ts';
import { scopeOfKey } from './gitlab-registry.ts';
import { printableText } from './printable-line.ts';
import { type NpmrcEntry, readNpmrc } from './read-npmrc.ts';
import { looksLikeName } from './references.ts';

type Held = Pick<
  Extract<ConfigProblem, { kind: 'ignored-file' }>,
  'keys' | 'registries' | 'registry' | 'variables'
>;
type Line = Pick<NpmrcEntry, 'key' | 'value'>;

export const secretField = /(?:^|:)(?:_authToken|_auth|_password)$/;
export const registryKey = /^(?:@[^:]*:)?registry$/;

/** Longer files are not looked into: no person wrote them. */
const longest = 100_000;

/**
 * What a file holds that the client passes over, fit for printing, as an `.npmrc` would say it: the keys of registries and credentials, the registries of scopes
 * and the default one, the variables that are a whole credential. Nothing when it can't be read.
 */
export function heldSettings(
  world: ClientWorld,
  { path }: Pick<ClientFile, 'path'>,
): Held & { keys: readonly string[] } {
  const file = world.files.read(path);
  const lines = file.kind === 'text' ? linesOf(path, file.text) : [];
  const general = lines.findLast(({ key }) => key === 'registry')?.value;
  return {
    ...(typeof general === 'string' ? { registry: printableText(general) } : {}),
    keys: lines
      .map(({ key }) => key)
      .filter((key) => secretField.test(key) || registryKey.test(key))
      .map(printableText),
    registries: scopeRegistries(lines),
    variables: new Map(
      lines.flatMap(({ key, value }) => {
        const name = typeof value === 'string' ? /^\$\{(\w+)(?::?-)?\}$/.exec(value)?.[1] : undefined;
        const isFit = name !== undefined && secretField.test(key) && looksLikeName(name);
        return isFit ? [[printableText(key), name] as const] : [];
      }),
    ),
  };
}

/** The texts of the registries that lines map scopes to, fit for printing. */
export function scopeRegistries(lines: readonly Line[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap(({ key, value }) => {
      const scope = scopeOfKey(key);
      return scope !== null && typeof value === 'string' ? [[scope, printableText(value)] as const] : [];
    }),
  );
}

function linesOf(path: string, text: string): readonly Line[] {
  if (/\.yarnrc\.ya?ml$/.test(path)) return text.length > longest ? [] : yarnLines(parsed(text));
  if (/bunfig\.toml$/.test(path)) return bunfigLines(text);
  if (!/\.yarnrc$/.test(path)) return readNpmrc(text).entries;
  const reading = readYarnrc(text, { readsYaml: true });
  return reading.kind === 'read' ? reading.entries : [];
}

function bunfigLines(text: string): Line[] {
  const reading = readBunfig(text);
  if (reading.kind === 'fault') return [];
  const { scopes, registry } = reading.bunfig;
  // a whole $NAME is the form of bunfig.toml
  const pair = (key: string, { url, token }: BunfigRegistry) =>
    linesFor(key, url, token?.replace(/^\$(\w+)$/, '$${$1}'));
  return [
    ...[...scopes].flatMap(([scope, one]) => pair(`@${scope}:registry`, one)),
    ...(registry ? pair('registry', registry) : []),
  ];
}

type Tree = Readonly<Record<string, unknown>>;

function yarnLines(tree: Tree | null): Line[] {
  const registries = Object.entries(mappingOf(tree?.npmRegistries)).map(
    ([place, given]) => [null, place, given] as const,
  );
  const scopes = Object.entries(mappingOf(tree?.npmScopes)).map(
    ([scope, given]) =>
      [`@${scope.replace(/^@/, '')}:registry`, mappingOf(given).npmRegistryServer, given] as const,
  );
  return [...scopes, ['registry', tree?.npmRegistryServer, tree] as const, ...registries].flatMap(
    ([key, server, given]) => linesFor(key, server, mappingOf(given).npmAuthToken),
  );
}

function linesFor(key: string | null, server: unknown, token: unknown): Line[] {
  if (typeof server !== 'string') return [];
  const place = server.replace(/^https?:/i, '').replace(/\/?$/, '/');
  return [
    ...(key === null ? [] : [{ key, value: server }]),
    ...(typeof token === 'string' ? [{ key: `${place}:_authToken`, value: token }] : []),
  ];
}

function parsed(text: string): Tree | null {
  try {
    return mappingOf(load(text, { schema: FAILSAFE_SCHEMA }));
  } catch {
    return null;
  }
}

function mappingOf(node: unknown): Tree {
  return typeof node === 'object' && node !== null ? (node as Tree) : {};
}

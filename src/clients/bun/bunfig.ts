import { parse, TomlError } from 'smol-toml';
import { type TomlPlaces, tomlPlaces } from './bunfig-lines.ts';
import { type StrayScope, strayScopes } from './bunfig-strays.ts';
import { asTable, own, secondsOf, wrongType } from './bunfig-types.ts';

/** A registry of bunfig.toml as written. `path` leads to it; each text is `null` where the file has none. */
export interface BunfigRegistry {
  path: readonly string[];
  url: string | null;
  token: string | null;
  username: string | null;
  password: string | null;
}

/** What bunfig.toml says about registries and the network. */
export interface Bunfig {
  /** By scope, without its `@`. */
  scopes: ReadonlyMap<string, BunfigRegistry>;
  /** What looks like a registry of a scope and is none. */
  strays: readonly StrayScope[];
  registry: BunfigRegistry | null;
  cafile: string | null;
  ca: readonly string[];
  /** `false` when it switches the `.env` files off. */
  envFiles: boolean | null;
  /** Seconds. */
  minimumReleaseAge: number | null;
  minimumReleaseAgeExcludes: readonly string[];
  places: TomlPlaces;
}

/** Why Bun ends on a bunfig.toml. */
export interface BunfigFault {
  code: 'SyntaxError' | 'Invalid Bunfig';
  message: string;
  line: number;
  column: number;
}

export type BunfigReading = { kind: 'bunfig'; bunfig: Bunfig } | { kind: 'fault'; fault: BunfigFault };

type Table = Readonly<Record<string, unknown>>;

/** Larger files are no configuration that a person wrote. */
const largest = 2_000_000;
const deepest = 200;

/** Reads the text of a bunfig.toml. A text that is no TOML, and settings of the wrong type, are faults (run for real: Bun 1.4.5). */
export function readBunfig(text: string): BunfigReading {
  const places = tomlPlaces(text.length > largest ? '' : text);
  const fault = (path: readonly string[], message: string): BunfigReading => ({
    kind: 'fault',
    fault: { code: 'Invalid Bunfig', message, ...places.placeOf(path) },
  });
  const root = parsed(text);
  if (!('table' in root)) return { kind: 'fault', fault: root };
  const env = own(root.table, 'env');
  const envFiles = env === false || own(asTable(env), 'file') === false ? false : null;
  const install = asTable(own(root.table, 'install'));
  const scopes = new Map<string, BunfigRegistry>();
  const given = own(install, 'scopes');
  if (given !== undefined && asTable(given) === null) {
    return fault(['install', 'scopes'], 'expected a table of scopes');
  }
  for (const [name, value] of Object.entries(asTable(given) ?? {})) {
    const path = ['install', 'scopes', name];
    const registry = registryOf(path, value);
    if (typeof registry === 'string') return fault(path, registry);
    const scope = name.replace(/^@/, '');
    if (name === '') continue;
    scopes.set(scope, registry);
  }
  const general = own(install, 'registry');
  const registry = general === undefined ? null : registryOf(['install', 'registry'], general);
  if (typeof registry === 'string') return fault(['install', 'registry'], registry);
  const wrong = wrongType(root.table);
  if (wrong !== null) return fault(wrong.path, wrong.message);
  const ca = own(install, 'ca');
  const cafile = own(install, 'cafile');
  const excludes = own(install, 'minimumReleaseAgeExcludes');
  return {
    kind: 'bunfig',
    bunfig: {
      scopes,
      strays: strayScopes(root.table),
      registry,
      cafile: typeof cafile === 'string' && cafile !== '' ? cafile : null,
      ca: texts(typeof ca === 'string' ? [ca] : ca),
      envFiles,
      minimumReleaseAge: secondsOf(own(install, 'minimumReleaseAge')),
      minimumReleaseAgeExcludes: texts(excludes),
      places,
    },
  };
}

function parsed(text: string): { table: Table } | BunfigFault {
  const broken = { code: 'SyntaxError', line: 1, column: 1 } as const;
  if (text.length > largest) return { ...broken, message: 'the file is too large to be read' };
  try {
    return { table: parse(text.replace(/^\ufeff/, ''), { maxDepth: deepest, useLegacyDate: true }) };
  } catch (error) {
    if (!(error instanceof TomlError)) return { ...broken, message: 'the file is no valid TOML' };
    return { ...broken, message: 'the line is no valid TOML', line: error.line, column: error.column };
  }
}

/** A registry, or what is wrong with it. */
function registryOf(path: readonly string[], value: unknown): BunfigRegistry | string {
  if (typeof value === 'string') return { path, url: value, token: null, username: null, password: null };
  const table = asTable(value);
  if (table === null) return 'expected a registry to be a URL or a table';
  const text = (key: string): string | null | undefined => {
    const found = own(table, key);
    return found === undefined ? null : typeof found === 'string' ? found : undefined;
  };
  const [url, token, username, password] = ['url', 'token', 'username', 'password'].map(text);
  if (url === undefined || token === undefined || username === undefined || password === undefined)
    return 'expected a text in quotes';
  return { path, url, token, username, password };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

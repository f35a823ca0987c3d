import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { configProblems } from '../npmrc/config-problems.ts';
import type { LineRules } from '../npmrc/line-fault.ts';
import { printableText } from '../npmrc/printable-line.ts';
import type { YarnSettings } from './yarn-settings.ts';

/** Yarn 1 takes a key with its protocol too, though only for requests to the registry itself (measured: k48). */
const lineRules: LineRules = {
  client: 'Yarn 1',
  exactKeys: true,
  operators: [],
  bareReferences: false,
  takesLists: 'all',
  schemeInKeys: true,
};

/** What can't mean what it looks like to Yarn 1; for a `.yarnrc.yml` the keys that an `.npmrc` would have for the same settings. */
export function yarnProblems(settings: YarnSettings, world: ClientWorld): readonly ConfigProblem[] {
  return configProblems(settings, lineRules, world).map((problem) => {
    if (problem.kind !== 'ignored-file' || !problem.file.path.endsWith('.yarnrc.yml')) return problem;
    const file = world.files.read(problem.file.path);
    const tree = file.kind === 'text' && file.text.length <= longest ? parsed(file.text) : null;
    return { ...problem, keys: npmKeysOf(tree), registries: registriesOf(tree) };
  });
}

/** Longer files are not looked into: no person wrote them. */
const longest = 100_000;

type Tree = Readonly<Record<string, unknown>>;

function registriesOf(tree: Tree | null): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(mappingOf(tree?.npmScopes)).flatMap(([scope, given]) => {
      const { npmRegistryServer } = mappingOf(given);
      return typeof npmRegistryServer === 'string'
        ? [[printableText(`@${scope.replace(/^@/, '')}`), printableText(npmRegistryServer)] as const]
        : [];
    }),
  );
}

function npmKeysOf(tree: Tree | null): readonly string[] {
  const scopes = Object.entries(mappingOf(tree?.npmScopes)).flatMap(([scope, given]) => {
    const { npmRegistryServer, npmAuthToken } = mappingOf(given);
    if (typeof npmRegistryServer !== 'string') return [];
    const place = npmRegistryServer.replace(/^https?:/i, '');
    return [
      `@${scope.replace(/^@/, '')}:registry`,
      ...(typeof npmAuthToken === 'string' ? [`${place.replace(/\/?$/, '/')}:_authToken`] : []),
    ];
  });
  const registries = Object.entries(mappingOf(tree?.npmRegistries)).flatMap(([place, given]) =>
    'npmAuthToken' in mappingOf(given)
      ? [`${place.replace(/^https?:/i, '').replace(/\/?$/, '/')}:_authToken`]
      : [],
  );
  const general = typeof tree?.npmRegistryServer === 'string' ? ['registry'] : [];
  return [...general, ...scopes, ...registries].map(printableText);
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

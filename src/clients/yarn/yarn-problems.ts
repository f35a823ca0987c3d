import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { configProblems } from '../npmrc/config-problems.ts';
import type { LineRules } from '../npmrc/line-faults.ts';
import { printableText } from '../npmrc/printable-line.ts';
import type { YarnSettings } from './yarn-settings.ts';

/** Yarn 1 takes a key with its protocol too, though only for requests to the registry itself (measured: k48). */
const lineRules: LineRules = {
  client: 'Yarn 1',
  exactKeys: true,
  operators: [],
  bareReferences: false,
  schemeInKeys: true,
};

/** What can't mean what it looks like to Yarn 1; for a `.yarnrc.yml` the keys that an `.npmrc` would have for the same settings. */
export function yarnProblems(settings: YarnSettings, world: ClientWorld): readonly ConfigProblem[] {
  return configProblems(settings, lineRules, world).map((problem) => {
    if (problem.kind !== 'ignored-file' || !problem.file.path.endsWith('.yarnrc.yml')) return problem;
    const file = world.files.read(problem.file.path);
    return { ...problem, keys: file.kind === 'text' ? npmKeysOf(file.text) : [] };
  });
}

/** Longer files are not looked into: no person wrote them. */
const longest = 100_000;

function npmKeysOf(text: string): readonly string[] {
  const tree = text.length > longest ? null : parsed(text);
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

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return mappingOf(load(text, { schema: FAILSAFE_SCHEMA }));
  } catch {
    return null;
  }
}

function mappingOf(node: unknown): Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>) : {};
}

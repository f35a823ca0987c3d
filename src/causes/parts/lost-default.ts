import type { RunFacts } from '../../domain/cause.ts';
import { type ConfigProblem, registryReach } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { hostAsWritten, keyedHosts } from '../../domain/keyed-hosts.ts';
import { isPublicRegistry } from '../../domain/public-registry.ts';
import type { Setting } from '../../domain/setting.ts';
import type { Case } from '../../domain/target.ts';
import { shownPath } from './ignored-file.ts';

/** A file that the client passes over, with the private default registry in it. `unset`: the variable for want of whose value it is dropped. */
export interface LostDefault {
  path: string;
  why: string | null;
  registry: string;
  unset: { variable: string; setting: Setting } | null;
}

type Ignored = Extract<ConfigProblem, { kind: 'ignored-file' }>;

/**
 * The private default registries (`registry=`, with a credential key for their host) in files that the client passes over, where nothing else names a
 * default registry: the public one is asked in their place. Whether a package lacks there can't be told. Nothing where a package is known to.
 */
export function lostDefaults(
  { client, project }: Pick<RunFacts, 'client' | 'project'>,
  cases: readonly Case[],
): readonly LostDefault[] {
  if (client.stop !== null || registryReach(client.registryFor('any')) !== 'default') return [];
  if (cases.some(({ result }) => result.kind === 'asks-public-registry')) return [];
  const keyed = keyedHosts(client);
  return client.problems
    .filter(
      (problem): problem is Ignored & { registry: string } =>
        problem.kind === 'ignored-file' && problem.registry !== undefined,
    )
    .filter(({ registry }) => !isPublicRegistry(registry) && keyed.has(hostAsWritten(registry) ?? ''))
    .map(({ file, registry }) => ({
      path: shownPath({ project }, file.path),
      why: file.why ?? null,
      registry,
      unset: unsetIn({ client, project }, file.path),
    }));
}

/** The variable for want of whose value a file is dropped. */
function unsetIn(run: Pick<RunFacts, 'client' | 'project'>, file: string): LostDefault['unset'] {
  const path = shownPath(run, file);
  const unset = run.client.problems.find(
    (problem) =>
      problem.kind === 'unset-variable' &&
      problem.setting.source.kind === 'file' &&
      problem.setting.source.path === path,
  );
  return unset?.kind === 'unset-variable' ? unset : null;
}

/** A scope that a file which the client passes over maps to a server of its own, where no credential is kept for that: a private registry may be open. */
export interface LostScope {
  scope: string;
  path: string;
  why: string | null;
  registry: string;
}

/**
 * The scopes of dependencies that only such files map: the public registry is asked for them. Nothing for those that are known to be private, which are asked
 * for as such, where the lockfile leads to that server, or in a file that is dropped for want of a value: another cause.
 */
export function lostScopes(
  { client, project }: Pick<RunFacts, 'client' | 'project'>,
  cases: readonly Case[],
): readonly LostScope[] {
  if (client.stop !== null) return [];
  const scopes = new Map<string, boolean>();
  for (const { name, from, locked } of project.dependencies) {
    const scope = from === 'registry' ? scopeOf(name) : null;
    if (scope !== null) scopes.set(scope, (scopes.get(scope) ?? false) || Boolean(locked?.tarball));
  }
  for (const { target } of cases) scopes.delete(scopeOf(target.dependency.name) ?? '');
  return client.problems.flatMap((problem) =>
    problem.kind !== 'ignored-file' || unsetIn({ client, project }, problem.file.path)
      ? []
      : [...(problem.registries ?? [])]
          .filter(
            ([scope, registry]) =>
              scopes.get(scope) === false &&
              /^https?:\/\/[\w.-]/i.test(registry) &&
              !isPublicRegistry(registry) &&
              registryReach(client.registryFor(`${scope}/any`)) === 'default',
          )
          .map(([scope, registry]) => ({
            scope,
            path: shownPath({ project }, problem.file.path),
            why: problem.file.why ?? null,
            registry,
          })),
  );
}

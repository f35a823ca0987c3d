import type { RunFacts } from '../../domain/cause.ts';
import { type ConfigProblem, registryReach } from '../../domain/client.ts';
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
    .map(({ file, registry }) => {
      const path = shownPath({ project }, file.path);
      const unset = client.problems.find(
        (problem) =>
          problem.kind === 'unset-variable' &&
          problem.setting.source.kind === 'file' &&
          problem.setting.source.path === path,
      );
      return {
        path,
        why: file.why ?? null,
        registry,
        unset: unset?.kind === 'unset-variable' ? unset : null,
      };
    });
}

import type { RegistryChoice } from '../domain/client.ts';
import type { Dependency } from '../domain/dependency.ts';
import { routeName } from '../domain/own-project.ts';
import { type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { PrefixFacts } from './prefix-facts.ts';
import type { ScopeNeed } from './scope-needs.ts';

/** The prefixes that may serve a scope, each once: the user's own mapping, the instance, groups, projects. */
export function prefixCandidates(
  { scope, packages, mapped }: ScopeNeed,
  { environment, wishes }: PrefixFacts,
): readonly Prefix[] {
  const { apiUrl, consumer } = environment;
  const own = ownPrefix(mapped, apiUrl);
  const groups = [wishes.groupId, scope?.slice(1), consumer?.rootNamespace].filter((group) => group != null);
  const projects = [wishes.projectId, ...holdingProjects(packages), consumer && routeName(consumer)].filter(
    (project) => project != null,
  );
  const all: Prefix[] = [
    ...(own ? [own] : []),
    ...(scope === null ? [] : [{ kind: 'instance', apiUrl } as const]),
    ...groups.map((group): Prefix => ({ kind: 'group', apiUrl, group })),
    ...projects.map((project): Prefix => ({ kind: 'project', apiUrl, project })),
  ];
  const seen = new Set<string>();
  return all.filter((prefix) => {
    const url = prefixUrl(prefix).toLowerCase();
    return seen.has(url) ? false : seen.add(url);
  });
}

/** The prefix of the user's own mapping, when it lies on the server of this job. */
export function ownPrefix(mapped: RegistryChoice, apiUrl: string): Prefix | null {
  const prefix = mapped.url === null ? null : prefixOf(mapped.url);
  return prefix?.apiUrl.toLowerCase() === apiUrl.toLowerCase() ? prefix : null;
}

/** The projects that the lockfile takes packages from, each once. */
export function holdingProjects(packages: readonly Dependency[]): readonly string[] {
  const projects = packages.flatMap(({ locked }) => {
    const prefix = locked?.tarball ? prefixOf(locked.tarball) : null;
    return prefix?.kind === 'project' ? [prefix.project] : [];
  });
  return [...new Set(projects)];
}

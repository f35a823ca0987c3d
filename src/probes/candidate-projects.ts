import { scopeOf } from '../domain/dependency.ts';
import { percentDecoded } from '../domain/percent-form.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { ProbeSubject } from '../domain/probe-definition.ts';

const mostCandidates = 5;

/** Ids and paths of the projects that may hold the package: those of the configuration's keys and plan, and the one that the names suggest. */
export function candidateProjects(subject: ProbeSubject): readonly string[] {
  const guess = guessedPath(subject);
  return [...new Set([...configuredProjects(subject), ...(guess === null ? [] : [guess])])];
}

/** The projects whose prefix the configuration names, decoded. */
export function configuredProjects({ run }: ProbeSubject): readonly string[] {
  const named = run.client.settings.flatMap(({ key }) => {
    const match = /\/projects\/(\d+|[\w.-]+(?:%2[Ff][\w.-]+)+)\//.exec(key);
    return match?.[1] ? [percentDecoded(match[1])] : [];
  });
  const planned = run.plan.scopes.flatMap(({ registry }) => {
    const prefix = prefixOf(registry);
    return prefix?.kind === 'project' && /^(\d+|[\w.-]+(\/[\w.-]+)+)$/.test(prefix.project)
      ? [prefix.project]
      : [];
  });
  return [...new Set([...named, ...planned])].slice(0, mostCandidates);
}

/** The scope as root group with the project's name, else with the package's; `null` for an unscoped name. */
export function guessedPath({ case: { target }, packageProject }: ProbeSubject): string | null {
  const { name } = target.dependency;
  const scope = scopeOf(name);
  if (scope === null) return null;
  const path = `${scope.slice(1)}/${packageProject?.name ?? name.slice(scope.length + 1)}`;
  return /^[\w.-]+(\/[\w.-]+)+$/.test(path) ? path : null;
}

import type { Clues, RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { registryKey } from '../../domain/registry-key.ts';

/** The variable whose value opens the registry of a case. */
export function tokenVariable(clues: Clues): string {
  const scope = scopeOf(clues.case.target.dependency.name);
  const planned = clues.run.plan.scopes.find((one) => one.scope === scope);
  return planned?.tokenVariable ?? clues.run.environment.credential.variable;
}

/** The credential line of a URL: `//host/path/:_authToken=${VARIABLE}`. */
export function keyLine(url: string, variable: string): string {
  return `${registryKey(url)}:_authToken=\${${variable}}`;
}

/** The credential line that covers a tarball: the one of its project prefix, else of its folder. */
export function tarballKeyLine(url: string, variable: string): string {
  const prefix = prefixOf(url);
  return prefix?.kind === 'project'
    ? keyLine(`${prefix.apiUrl}/projects/${encodeURIComponent(prefix.project)}/packages/npm/`, variable)
    : keyLine(new URL('/', url).href, variable);
}

/** The registry that the plan gives to a scope; `null` when the plan does not know it. */
export function plannedRegistry(run: RunFacts, packageName: string): string | null {
  const scope = scopeOf(packageName);
  return run.plan.scopes.find((one) => one.scope === scope)?.registry ?? null;
}

import type { Clues } from '../../domain/cause.ts';
import { parsedUrl } from '../../domain/registry-key.ts';
import { uncoveredRequest } from './uncovered.ts';
import type { UnsetVariable } from './unset-variable.ts';
import { fieldOfKey } from './url-of-key.ts';

/**
 * The variable without a value in the host of a credential key that would else match a request which goes without one. npm up to 12 leaves the reference
 * in the key, and an empty value leaves no host in it (run for real: npm 10 and 11; measured: clients.md section 2).
 */
export function unsetInKey(clues: Clues): UnsetVariable | null {
  const url = uncoveredRequest(clues)?.request.url;
  const path = url === undefined ? undefined : parsedUrl(url)?.pathname;
  if (path === undefined) return null;
  for (const problem of clues.run.client.problems) {
    if (problem.kind !== 'unset-variable') continue;
    const { variable, setting } = problem;
    const { key, source, written } = setting;
    if (fieldOfKey(key) === null || written.includes(variable)) continue;
    const base = /^\/\/(?:\$\{\w+\??\})?(?::\d*)?(\/.*):_\w+$/.exec(key)?.[1];
    if (base !== undefined && path.startsWith(base)) return { variable, source, key, sends: null, in: 'key' };
  }
  return null;
}

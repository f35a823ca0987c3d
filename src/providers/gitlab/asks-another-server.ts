import type { RunFacts } from '../../domain/cause.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import type { Case } from '../../domain/target.ts';
import { otherName } from './other-name.ts';

/** Whether the package is asked for at another server than the job's. */
export function asksAnotherServer(run: RunFacts, failing: Case): boolean {
  const { target } = failing;
  const { apiUrl } = run.environment;
  const asked = [target.tarball?.url, target.metadata?.url].filter((url) => url !== undefined);
  const isElsewhere = apiUrl !== null && asked.length > 0 && asked.every((url) => !sameOrigin(url, apiUrl));
  return isElsewhere && otherName(run, failing) === null;
}

import type { Clues } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { type Observation, serverMessage, statusOf } from '../../domain/probe.ts';

/**
 * Whether an IP restriction of the package's group explains a missing role as well: the licence has them (`GITLAB_FEATURES`), nothing of the
 * project is seen, and it may lie below another root group than the job, which could not have fetched its own code otherwise
 * (gitlab EE `ip_enforcement_prevents_access` takes every right to the group and what lies below).
 */
export function mayBeShutOut(clues: Clues): boolean {
  const { access, run } = clues;
  if (run.environment.groupsMayRestrictAddresses !== true || access?.faults['role-missing'] !== 'always')
    return false;
  return !isBesideConsumer(clues) && ![...clues.case.observations].some(([key, one]) => isSeen(key, one));
}

function isBesideConsumer({ run, case: { target }, packageProject }: Clues): boolean {
  const own = run.environment.consumer?.rootNamespace.toLowerCase();
  if (own === undefined) return false;
  if (packageProject?.path != null) return packageProject.path.split('/')[0]?.toLowerCase() === own;
  const { prefix } = target;
  if (prefix?.kind === 'group') return prefix.group.split('/')[0]?.toLowerCase() === own;
  return prefix?.kind === 'instance' && scopeOf(target.dependency.name)?.slice(1).toLowerCase() === own;
}

/** An answer that only somebody gets who sees the project. */
function isSeen(key: string, { question, outcome }: Observation): boolean {
  const ofProject =
    /^(?:tarball|tarball-with-token|packages-api:.*)$/.test(key) ||
    (/^metadata/.test(key) && prefixOf(question.url)?.kind === 'project');
  if (!ofProject || question.authorization.kind === 'none') return false;
  return statusOf(outcome) === 200 || /^(403 )?forbidden$/i.test(serverMessage(outcome)?.trim() ?? '');
}

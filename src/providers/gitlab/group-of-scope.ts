import type { RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { prefixUrl } from '../../domain/prefix.ts';
import type { Case } from '../../domain/target.ts';
import { classifyMessage } from './message-class.ts';
import { refusalText } from './observed-body.ts';

/** Whether the job's token sees the root group that the scope names; `null` when it was not asked or no group says so. */
export function scopeGroupOf(run: RunFacts, { target, observations }: Case): 'seen' | 'hidden' | null {
  const { apiUrl } = run.environment;
  const group = scopeOf(target.dependency.name)?.slice(1);
  if (apiUrl === null || group === undefined) return null;
  const outcome = observations.get(`other-prefixes:${prefixUrl({ kind: 'group', apiUrl, group })}`)?.outcome;
  if (outcome?.kind !== 'answered') return null;
  const sentOn = outcome.hops.some((hop) => !hop.followed);
  if (sentOn || outcome.status === 200) return 'seen';
  switch (classifyMessage(refusalText(outcome) ?? '')) {
    case 'group-not-found':
      return 'hidden';
    case 'project-not-found':
    case 'package-not-found':
    case 'not-allowed-from':
    case 'insufficient-permissions':
    case 'forbidden':
      return 'seen';
    default:
      return null;
  }
}

/** The root namespace of the job's own project exists, and so does a group that its token sees; a package that lies below another one is none that the instance prefix holds. */
export function isRootScope(
  scope: string | undefined,
  project: PackageProject | null,
  consumer: RunFacts['environment']['consumer'],
  scopeGroup: 'seen' | 'hidden' | null,
): boolean | null {
  const equals = (root: string | undefined) => root?.toLowerCase() === scope?.toLowerCase();
  if (project?.path) return equals(project.path.split('/')[0]);
  const isRoot = scopeGroup === 'seen' || (consumer !== null && equals(consumer.rootNamespace));
  return project?.id == null && isRoot ? true : null;
}

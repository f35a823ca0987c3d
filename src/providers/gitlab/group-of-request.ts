import type { PackageProject } from '../../domain/package-project.ts';
import type { Prefix } from '../../domain/prefix.ts';
import type { AccessClue } from './access-clues.ts';

/** Of a group that is not seen GitLab says nothing but that; the job's own token may see it. */
export function isHiddenFromAll(clues: readonly AccessClue[]): boolean {
  return isGroupHidden(clues) && !ofGroup(clues).some((clue) => clue.as === 'job' && !hidesGroup(clue));
}

/** Whoever is not shown a group does not hear whether the package lies below it. */
export function isGroupHidden(clues: readonly AccessClue[]): boolean {
  return ofGroup(clues).some(hidesGroup);
}

function ofGroup(clues: readonly AccessClue[]): readonly AccessClue[] {
  return clues.filter(({ request }) => 'prefix' in request && request.prefix === 'group');
}

function hidesGroup({ message }: AccessClue): boolean {
  return message === 'group-not-found';
}

/** Where a project is known by more than the refusal of the group's own route, it need not lie below that group. */
export function isBelowGroup(project: PackageProject | null, prefix: Prefix | null): boolean | null {
  if (prefix?.kind !== 'group') return true;
  if (project?.path != null && !/^\d+$/.test(prefix.group))
    return project.path.toLowerCase().startsWith(`${prefix.group.toLowerCase()}/`);
  return project?.id == null && project?.path == null ? true : null;
}

import type { PackageProject } from '../../domain/package-project.ts';
import { percentDecoded } from '../../domain/percent-form.ts';
import type { Observation } from '../../domain/probe.ts';

/** The projects, by id or path, whose tarballs a packument names; none where it is no packument. */
export function holdersNamedIn(observation: Observation | undefined): readonly string[] {
  if (observation?.outcome.kind !== 'answered' || observation.outcome.status !== 200) return [];
  if (observation.outcome.body.kind !== 'text') return [];
  const holders = new Set<string>();
  for (const match of observation.outcome.body.text.matchAll(/\/projects\/([^/"]+)\/packages\/npm\//g)) {
    if (match[1]) holders.add(percentDecoded(match[1]));
  }
  return [...holders];
}

/** Whether a project is the one of an id or path. */
export function isNamed(project: PackageProject | null, holder: string): boolean {
  return holder === String(project?.id) || holder === project?.path;
}

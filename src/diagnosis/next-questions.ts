import type { Cause, Clues } from '../domain/cause.ts';
import type { Question } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { weighCase } from './weigh-case.ts';

/** What the causes still possible need to know and nobody has asked yet for this case; where none fits, what `unexplained` needs. */
export function nextQuestions(
  causes: readonly Cause[],
  probes: readonly ProbeDefinition[],
  clues: Clues,
  unexplained: Cause,
): readonly Question[] {
  const fitting = weighCase(causes, clues).flatMap((one) => (one.kind === 'weighed' ? [one.cause] : []));
  const needs = new Set((fitting.length > 0 ? fitting : [unexplained]).flatMap((cause) => cause.needs));
  return probes
    .filter((probe) => needs.has(probe.slug))
    .flatMap((probe) =>
      probe.questions({ run: clues.run, case: clues.case, packageProject: clues.packageProject }),
    )
    .filter((question) => clues.observation(question.probe) === null);
}

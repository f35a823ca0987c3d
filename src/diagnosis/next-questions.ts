import type { Cause, Clues } from '../domain/cause.ts';
import type { Question } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { weighCase } from './weigh-case.ts';

/**
 * What the causes still possible need to know and nobody has asked yet for this case; where none fits, what `unexplained`
 * needs. Whether the job's own token opens it comes before everything else: it parts configuration from access.
 */
export function nextQuestions(
  causes: readonly Cause[],
  probes: readonly ProbeDefinition[],
  clues: Clues,
  unexplained: Cause,
): readonly Question[] {
  const fitting = weighCase(causes, clues).flatMap((one) => (one.kind === 'weighed' ? [one.cause] : []));
  const needs = new Set((fitting.length > 0 ? fitting : [unexplained]).flatMap((cause) => cause.needs));
  const questions = (wanted: (slug: string) => boolean) =>
    probes
      .filter(({ slug }) => needs.has(slug) && wanted(slug))
      .flatMap((probe) =>
        probe.questions({ run: clues.run, case: clues.case, packageProject: clues.packageProject }),
      )
      .filter((question) => clues.observation(question.probe) === null);
  const withToken = questions((slug) => slug.endsWith('-with-token'));
  return withToken.length > 0 ? withToken : questions(() => true);
}

import type { Cause, Clues, Statement } from '../domain/cause.ts';
import { isDispensable } from '../domain/client.ts';
import { packageLabel } from '../domain/package-label.ts';
import type { Observation } from '../domain/probe.ts';
import { serverMessage, statusOf } from '../domain/probe.ts';
import type { Evidence, Finding } from '../domain/report.ts';
import { locationOf } from '../domain/source.ts';
import { lackOf } from '../domain/target.ts';
import { placeEdit } from './place-edit.ts';
import { type Weighed, weighCase } from './weigh-case.ts';

/** The causes for answers that fit nothing and for our own crash; both are causes like others, held apart from the list. */
export interface FallbackCauses {
  unexplained: Cause;
  crashed: (cause: Cause, message: string) => Statement;
  crashedCause: Pick<Cause, 'code' | 'slug'>;
}

/**
 * The findings of one failing case: every confirmed cause, else one finding that names the likeliest and all others that fit, else
 * the admission that nothing known fits.
 */
export function findCauses(
  causes: readonly Cause[],
  clues: Clues,
  fallback: FallbackCauses,
): readonly Finding[] {
  const weighed = weighCase(causes, clues);
  const crashes = weighed.flatMap((one) =>
    one.kind === 'crashed' ? [crashFinding(one, clues, fallback)] : [],
  );
  const fitting = weighed.filter((one) => one.kind === 'weighed');
  const confirmed = fitting.filter(({ verdict }) => verdict.kind === 'confirmed');
  if (confirmed.length > 0) return [...confirmed.map((one) => findingOf(one, clues, [])), ...crashes];
  const [likeliest, ...others] = [...fitting].sort((a, b) => doubt(a) - doubt(b));
  if (likeliest)
    return [
      findingOf(
        likeliest,
        clues,
        others.map(({ cause }) => cause.slug),
      ),
      ...crashes,
    ];
  if (crashes.length > 0) return crashes;
  const { unexplained } = fallback;
  return [
    findingOf(
      { kind: 'weighed', cause: unexplained, verdict: { kind: 'possible', because: [], decidedBy: '' } },
      clues,
      [],
    ),
  ];
}

function doubt({ verdict }: Extract<Weighed, { kind: 'weighed' }>): number {
  return verdict.kind === 'possible' && verdict.unlikely ? 1 : 0;
}

function findingOf(
  { cause, verdict }: Extract<Weighed, { kind: 'weighed' }>,
  clues: Clues,
  alternatives: readonly string[],
): Finding {
  const statement = cause.state(clues);
  return {
    code: cause.code,
    cause: cause.slug,
    severity: severityOf(cause, clues),
    certainty: verdict.kind,
    title: statement.title,
    seen: statement.seen,
    packages: [packageLabel(clues.case)],
    evidence: evidenceOf(clues.case.observations),
    location: locationOf(statement.location ?? clues.case.target.dependency.source),
    remedy: placeEdit(statement.remedy, clues.run.client),
    alternatives,
    decidedBy: verdict.kind === 'possible' && verdict.decidedBy !== '' ? verdict.decidedBy : null,
  };
}

function severityOf({ severity }: Cause, { run, case: one }: Clues): Finding['severity'] {
  if (one.publishing) return one.result.kind === 'publish-doubtful' ? 'warning' : severity;
  return isDispensable(run.client, one.target.dependency, lackOf(one)) ? 'warning' : severity;
}

function crashFinding(
  { cause, message }: Extract<Weighed, { kind: 'crashed' }>,
  clues: Clues,
  { crashed, crashedCause }: FallbackCauses,
): Finding {
  const statement = crashed(cause, message);
  return {
    code: crashedCause.code,
    cause: crashedCause.slug,
    severity: 'error',
    certainty: 'confirmed',
    title: statement.title,
    seen: statement.seen,
    packages: [packageLabel(clues.case)],
    evidence: [],
    location: null,
    remedy: statement.remedy,
    alternatives: [],
    decidedBy: null,
  };
}

function evidenceOf(observations: ReadonlyMap<string, Observation>): readonly Evidence[] {
  return [...observations].map(([probe, { question, outcome }]) => ({
    probe,
    url: outcome.kind === 'answered' ? outcome.url : (question.url.split('?')[0] ?? question.url),
    status: statusOf(outcome),
    message:
      outcome.kind === 'answered'
        ? messageOf(outcome)
        : outcome.kind === 'unreachable'
          ? outcome.message
          : outcome.why,
  }));
}

function messageOf(outcome: Extract<Observation['outcome'], { kind: 'answered' }>): string | null {
  return outcome.status >= 400 ? serverMessage(outcome) : null;
}

import { alikeCases, sameFailure } from '../diagnosis/alike-cases.ts';
import { cluesOf } from '../diagnosis/clues-of.ts';
import { type FallbackCauses, findCauses } from '../diagnosis/find-causes.ts';
import { mergeFindings } from '../diagnosis/merge-findings.ts';
import { nextQuestions } from '../diagnosis/next-questions.ts';
import type { Cause, RunFacts } from '../domain/cause.ts';
import { ownAnswer } from '../domain/own-answer.ts';
import type { Observation, Outcome, Question } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import type { ProviderKnowledge } from '../domain/provider-knowledge.ts';
import type { Finding } from '../domain/report.ts';
import { locationOf } from '../domain/source.ts';
import type { Case } from '../domain/target.ts';

const mostRounds = 8;
const mostPlaces = 40;

/** The lists that a diagnosis works with, and the way to ask. `ask` is `null` offline. */
export interface Diagnosis {
  causes: readonly Cause[];
  probes: readonly ProbeDefinition[];
  knowledge: ProviderKnowledge;
  fallback: FallbackCauses;
  ask: ((question: Question) => Promise<Outcome>) | null;
}

/**
 * The findings of a run: for each kind of failing case the questions that separate the causes still possible, asked once for all
 * cases alike, then the causes; and the faults that stand in the configuration alone.
 */
export async function diagnoseCases(
  run: RunFacts,
  cases: readonly Case[],
  diagnosis: Diagnosis,
): Promise<readonly Finding[]> {
  const failing = cases.filter(({ result }) => result.kind !== 'ok' && result.kind !== 'skipped');
  const groups = alikeCases(failing);
  const asked = askedGroups(groups);
  const found = await Promise.all(
    groups.map(async (alike) => {
      const further =
        alike[0] && asked.has(alike) && !isSettled(alike[0])
          ? await interrogate(run, alike[0], cases, diagnosis)
          : new Map<string, Observation>();
      return alike.flatMap((one) => {
        const informed = { ...one, observations: new Map([...further, ...one.observations]) };
        return findCauses(
          diagnosis.causes,
          cluesOf(run, informed, cases, diagnosis.knowledge),
          diagnosis.fallback,
        );
      });
    }),
  );
  const findings = mergeFindings(found.flat());
  return mergeFindings([...findings, ...standingFaults(run, diagnosis, findings)]);
}

/** Whether everything that tells of publishing was asked already. */
function isSettled({ result }: Case): boolean {
  return result.kind === 'publish-refused' || result.kind === 'publish-doubtful';
}

/** The groups that questions are asked for: of those that fail alike in places unknown only the first few, so that the questions stay few. */
function askedGroups(groups: readonly (readonly Case[])[]): ReadonlySet<readonly Case[]> {
  const counts = new Map<string, number>();
  return new Set(
    groups.filter(([first]) => {
      const key = first ? sameFailure(first) : '';
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= mostPlaces;
    }),
  );
}

/** Rounds of questions for one case, until none is left; gives every observation. */
async function interrogate(
  run: RunFacts,
  one: Case,
  cases: readonly Case[],
  diagnosis: Diagnosis,
): Promise<ReadonlyMap<string, Observation>> {
  const { ask, causes, probes, knowledge, fallback } = diagnosis;
  const observations = new Map(one.observations);
  for (let round = 0; ask && round < mostRounds; round++) {
    const clues = cluesOf(run, { ...one, observations }, cases, knowledge);
    const questions = nextQuestions(causes, probes, clues, fallback.unexplained);
    if (questions.length === 0) break;
    const outcomes = await Promise.all(
      questions.map(async (question) => ({ question, outcome: ownAnswer(question, await ask(question)) })),
    );
    for (const seen of outcomes) observations.set(seen.question.probe, seen);
  }
  return observations;
}

/** What the configuration alone shows, unless a finding already says it of the same place. */
function standingFaults(
  run: RunFacts,
  { causes, fallback }: Diagnosis,
  known: readonly Finding[],
): readonly Finding[] {
  return causes.flatMap((cause): readonly Finding[] => {
    try {
      return (cause.inspect?.(run) ?? [])
        .map(
          ({ statement, severity, packages }): Finding => ({
            code: cause.code,
            cause: cause.slug,
            severity,
            certainty: 'confirmed',
            title: statement.title,
            seen: statement.seen,
            packages,
            evidence: [],
            location: statement.location && locationOf(statement.location),
            remedy: statement.remedy,
            alternatives: [],
            decidedBy: null,
          }),
        )
        .filter(
          (finding) => !known.some(({ code, title }) => code === finding.code && title === finding.title),
        );
    } catch (error) {
      const statement = fallback.crashed(cause, error instanceof Error ? error.message : String(error));
      const { code, slug } = fallback.crashedCause;
      return [
        {
          code,
          cause: slug,
          severity: 'error',
          certainty: 'confirmed',
          title: statement.title,
          seen: statement.seen,
          packages: [],
          evidence: [],
          location: null,
          remedy: statement.remedy,
          alternatives: [],
          decidedBy: null,
        },
      ];
    }
  });
}

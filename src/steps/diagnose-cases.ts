import { alikeCases, placeOf, sameFailure } from '../diagnosis/alike-cases.ts';
import { answersBeside } from '../diagnosis/answers-beside.ts';
import { cluesOf } from '../diagnosis/clues-of.ts';
import { type FallbackCauses, findCauses } from '../diagnosis/find-causes.ts';
import { mergeFindings } from '../diagnosis/merge-findings.ts';
import { nextQuestions } from '../diagnosis/next-questions.ts';
import { placeEdit, tellRepeatedKeys } from '../diagnosis/place-edit.ts';
import { type Weighed, weighCase } from '../diagnosis/weigh-case.ts';
import type { Cause, RunFacts } from '../domain/cause.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import { isForwarded, ownAnswer } from '../domain/own-answer.ts';
import { prefixUrl } from '../domain/prefix.ts';
import { type Observation, type Outcome, type Question, statusOf } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import type { ProviderKnowledge } from '../domain/provider-knowledge.ts';
import type { Finding } from '../domain/report.ts';
import { locationOf } from '../domain/source.ts';
import type { Case } from '../domain/target.ts';
import { guessedPath } from '../probes/candidate-projects.ts';
import { metadataQuestion } from '../probes/package-questions.ts';

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
  const asker = new Interrogation(run, cases, diagnosis);
  const found = await Promise.all(alikeCases(failing).map((alike) => findingsOfAlike(alike, asker)));
  const findings = mergeFindings(found.flat());
  return tellRepeatedKeys(mergeFindings([...findings, ...standingFaults(run, cases, diagnosis, findings)]));
}

/**
 * The findings of cases that fail alike. What the first one shows of its project, its user or its token holds for the others of that project; a fault
 * of the package alone is looked for in each of them.
 */
async function findingsOfAlike(
  [first, ...others]: readonly Case[],
  asker: Interrogation,
): Promise<readonly Finding[]> {
  if (first === undefined) return [];
  // the place that the names suggest is asked for the others at the same time: mostly it is the one
  const [asked] = await Promise.all([
    asker.interrogate(first),
    ...others.map((one) => asker.lookAtSuggested(one)),
  ]);
  const weighed = asker.weigh(asked).filter((one) => one.kind === 'weighed');
  const known = handedOn(weighed);
  const findings = await Promise.all(
    others.map(async (one) => {
      const shared = known !== null && (await asker.isOfOneProject(one, asked, known));
      if (!shared) return asker.findings(await asker.interrogate(one, asked));
      const observations = new Map([...asked.observations, ...one.observations]);
      return asker.findings({ ...one, observations }, known);
    }),
  );
  return [...asker.findings(asked), ...findings.flat()];
}

type Weighing = Extract<Weighed, { kind: 'weighed' }>;

/**
 * The causes of one case that are those of its project's other packages too, each with its verdict: the confirmed ones that are no fault of the package
 * alone, or all that are possible where none of them is one. `null` where the others have to be asked about themselves.
 */
function handedOn(weighed: readonly Weighing[]): readonly Cause[] | null {
  const confirmed = weighed.filter(({ verdict }) => verdict.kind === 'confirmed');
  const shared = confirmed.filter(({ cause }) => !cause.ofPackage);
  const whole = confirmed.length > 0 ? shared : weighed.every(({ cause }) => !cause.ofPackage) ? weighed : [];
  return whole.length === 0 ? null : whole.map(({ cause, verdict }) => ({ ...cause, weigh: () => verdict }));
}

/** Asks about failing cases, and weighs what is known of them. */
class Interrogation {
  readonly #run: RunFacts;
  readonly #cases: readonly Case[];
  readonly #diagnosis: Diagnosis;
  readonly #places = new Map<string, number>();
  readonly #suggested = new Map<Case, Observation>();

  constructor(run: RunFacts, cases: readonly Case[], diagnosis: Diagnosis) {
    this.#run = run;
    this.#cases = cases;
    this.#diagnosis = diagnosis;
  }

  weigh(one: Case): readonly Weighed[] {
    return weighCase(this.#diagnosis.causes, this.#cluesOf(one));
  }

  findings(one: Case, causes: readonly Cause[] = this.#diagnosis.causes): readonly Finding[] {
    return findCauses(causes, this.#cluesOf(one), this.#diagnosis.fallback);
  }

  /**
   * The case with everything that could be asked about it, in rounds of questions until none is left. `alike`: one of the same project and
   * failure, whose answers count as far as they name no package. Of those that fail alike only the first few are asked about, so that the questions stay few.
   */
  async interrogate(one: Case, alike?: Case): Promise<Case> {
    const { causes, probes, fallback, knowledge } = this.#diagnosis;
    const early = this.#suggested.get(one);
    let observations: ReadonlyMap<string, Observation> = new Map([
      ...(alike ? answersBeside(one, alike) : []),
      ...(early ? [[early.question.probe, early] as const] : []),
      ...one.observations,
    ]);
    const ask = this.#isOneTooMany(one) || isSettled(one) ? null : this.#diagnosis.ask;
    for (let round = 0; ask && round < mostRounds; round++) {
      const clues = this.#cluesOf({ ...one, observations });
      const questions = nextQuestions(causes, probes, clues, fallback.unexplained);
      if (questions.length === 0) break;
      const outcomes = await Promise.all(
        questions.map(async (question) => ({ question, outcome: ownAnswer(question, await ask(question)) })),
      );
      const seen = outcomes.map((answer) => [answer.question.probe, answer] as const);
      observations = knowledge.possibleAnswers(new Map([...observations, ...seen]));
    }
    return { ...one, observations };
  }

  /**
   * Whether a case is about the project that another one was found in. A URL names it; a refusal gives only the last part of its path, so that the
   * project is asked whether it holds this package too. Of one that is not found the same words let the same be possible.
   */
  async isOfOneProject(one: Case, known: Case, causes: readonly Cause[]): Promise<boolean> {
    if (placeOf(one).kind !== 'message') return true;
    const project = this.#cluesOf(known).packageProject;
    const located = project?.path ?? project?.id ?? null;
    if (located === null)
      return this.findings(known, causes).every(({ certainty }) => certainty === 'possible');
    const control = known.observations.get(`holds-nothing:${located}`);
    if (!control || !isForwarded(control)) return false;
    const early = this.#suggested.get(one);
    const probe = `holds-package:${located}`;
    const seen = early?.question.probe === probe ? early : await this.#lookAt(one, probe);
    const status = statusOf(seen?.outcome) ?? 0;
    return seen !== null && [200, 401, 403, 404].includes(status) && !isForwarded(seen);
  }

  /** Asks the project at the path that the names suggest whether it holds a package whose refusal names it by the last part of its path alone. */
  async lookAtSuggested(one: Case): Promise<void> {
    if (placeOf(one).kind !== 'message' || isSettled(one)) return;
    const packageProject = this.#diagnosis.knowledge.locateProject(this.#run, one);
    const guess = guessedPath({ run: this.#run, case: one, packageProject });
    const seen = guess === null ? null : await this.#lookAt(one, `holds-package:${guess}`);
    if (seen) this.#suggested.set(one, seen);
  }

  /** The answer to one of the questions whether a project holds the package of a case; `null` where it is none. */
  async #lookAt(one: Case, probe: string): Promise<Observation | null> {
    const { ask } = this.#diagnosis;
    const { apiUrl } = this.#run.environment;
    if (!ask || apiUrl === null) return null;
    const project = probe.slice('holds-package:'.length);
    const url = this.#run.client.metadataUrl(
      prefixUrl({ kind: 'project', apiUrl, project }),
      one.target.dependency.name,
    );
    const authorization = jobAuthorization(this.#run.environment, url, 'bearer');
    if (!authorization) return null;
    const question = metadataQuestion(probe, url, authorization);
    return { question, outcome: ownAnswer(question, await ask(question)) };
  }

  #cluesOf(one: Case) {
    return cluesOf(this.#run, one, this.#cases, this.#diagnosis.knowledge);
  }

  #isOneTooMany(one: Case): boolean {
    const key = sameFailure(one);
    const count = (this.#places.get(key) ?? 0) + 1;
    this.#places.set(key, count);
    return count > mostPlaces;
  }
}

/** Whether everything that tells of publishing was asked already. */
function isSettled({ result }: Case): boolean {
  return result.kind === 'publish-refused' || result.kind === 'publish-doubtful';
}

/** What the configuration alone shows, unless a finding already says it of the same place. */
function standingFaults(
  run: RunFacts,
  cases: readonly Case[],
  { causes, fallback }: Diagnosis,
  known: readonly Finding[],
): readonly Finding[] {
  return causes.flatMap((cause): readonly Finding[] => {
    try {
      return (cause.inspect?.(run, cases) ?? [])
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
            remedy: placeEdit(statement.remedy, run.client),
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

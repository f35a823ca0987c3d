import { checkCrashed, crashStatement } from './causes/check-crashed.ts';
import { causes } from './causes/list.ts';
import { unexplainedAnswer } from './causes/unexplained-answer.ts';
import type { RunFacts } from './domain/cause.ts';
import type { Finding } from './domain/report.ts';
import type { Case } from './domain/target.ts';
import { probes } from './probes/list.ts';
import { providerKnowledge } from './providers/knowledge.ts';
import { type Diagnosis, diagnoseCases } from './steps/diagnose-cases.ts';

/**
 * The findings of a run, with every cause, probe and provider that is known. `ask` is `null` offline. Loaded for runs that have something to explain: nothing
 * of it is needed for a pass.
 */
export function diagnose(
  run: RunFacts,
  cases: readonly Case[],
  ask: Diagnosis['ask'],
): Promise<readonly Finding[]> {
  return diagnoseCases(run, cases, {
    causes,
    probes,
    knowledge: providerKnowledge,
    fallback: {
      unexplained: unexplainedAnswer,
      crashed: (cause, message) => crashStatement(`the check for ${cause.slug}`, message),
      crashedCause: checkCrashed,
    },
    ask,
  });
}

import type { Clues, RunFacts } from '../domain/cause.ts';
import type { ProviderKnowledge } from '../domain/provider-knowledge.ts';
import type { Case } from '../domain/target.ts';

/** Everything that causes are weighed against for one case. */
export function cluesOf(
  run: RunFacts,
  failing: Case,
  cases: readonly Case[],
  knowledge: ProviderKnowledge,
): Clues {
  const github = knowledge.explainGitHub(run, failing);
  const packageProject = github === null ? knowledge.locateProject(run, failing) : null;
  return {
    run,
    case: failing,
    cases,
    observation: (probe) => failing.observations.get(probe) ?? null,
    packageProject,
    access: github === null ? knowledge.explain(run, failing, packageProject) : null,
    github,
  };
}

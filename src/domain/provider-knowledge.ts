import type { AccessFindings } from './access-state.ts';
import type { RunFacts } from './cause.ts';
import type { GitHubAccess } from './github-access.ts';
import type { PackageProject } from './package-project.ts';
import type { Observation } from './probe.ts';
import type { Case } from './target.ts';

/** What a provider can tell of a case from the answers alone. */
export interface ProviderKnowledge {
  /** The observations of a case, those that the provider can't have answered itself as `unreachable`. */
  possibleAnswers(observations: ReadonlyMap<string, Observation>): ReadonlyMap<string, Observation>;
  locateProject(run: RunFacts, failing: Case): PackageProject | null;
  explain(run: RunFacts, failing: Case, project: PackageProject | null): AccessFindings | null;
  explainGitHub(run: RunFacts, failing: Case): GitHubAccess | null;
}

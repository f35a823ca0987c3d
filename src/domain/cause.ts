import type { AccessFindings } from './access-state.ts';
import type { ApiToken } from './api-token.ts';
import type { ClientModel } from './client.ts';
import type { Environment } from './environment.ts';
import type { GitHubAccess } from './github-access.ts';
import type { PackageProject } from './package-project.ts';
import type { Plan } from './plan.ts';
import type { Observation } from './probe.ts';
import type { Project } from './project.ts';
import type { Remedy } from './remedy.ts';
import type { Source } from './source.ts';
import type { Case } from './target.ts';

/** What is known of the whole run. `command` tells whether the configuration is ours (`run`) or the user's (`verify`). */
export interface RunFacts {
  command: 'run' | 'verify';
  /** No server is asked: what the configuration alone shows has to be said by `inspect`. */
  offline: boolean;
  environment: Environment;
  /** The names of the variables of the environment that have a value. */
  variables: readonly string[];
  project: Project;
  client: ClientModel;
  plan: Plan;
  /** The place where the next line for this client belongs, as messages name it. */
  configFile: string;
  /** A Maintainer's token for questions about settings, where one is given. */
  apiToken?: ApiToken;
}

/** What one cause is weighed against: a failing case, the run around it and the other cases. */
export interface Clues {
  run: RunFacts;
  case: Case;
  cases: readonly Case[];
  /** The observation of a probe for this case, `null` when it was not asked. */
  observation(probe: string): Observation | null;
  /** The project that holds the package, as far as it is known; `null` off GitLab. */
  packageProject: PackageProject | null;
  /** What GitLab's rules leave possible; `null` off GitLab or when GitLab answered nothing. */
  access: AccessFindings | null;
  /** What GitHub Packages' rules leave possible; `null` where no registry of GitHub's was asked. */
  github: GitHubAccess | null;
}

/**
 * How well a cause fits. `because` names the probes (or `configuration`) that the judgement rests on.
 * `confirmed` only when nothing else that is known explains the observations; `hides` names causes that are only symptoms of it in this case, beside those
 * that always are. `unlikely`: to be named behind the others that fit.
 */
export type Verdict =
  | { kind: 'confirmed'; because: readonly string[]; hides?: readonly string[] }
  | { kind: 'possible'; because: readonly string[]; decidedBy: string; unlikely?: boolean }
  | { kind: 'ruled-out' };

/** What a finding says: the title for this place, where, and the cure. */
export interface Statement {
  /** True alone, lower-case start, no full stop. */
  title: string;
  /** One line of what was seen, e.g. `metadata 200, tarball 404 with the same token`. */
  seen: string | null;
  location: Source | null;
  remedy: Remedy;
}

/** A fault of the configuration that stands whether or not a package fails. */
export interface Occurrence {
  statement: Statement;
  severity: 'error' | 'warning';
  packages: readonly string[];
}

/**
 * One root cause. `needs` names the probes beyond the client's own requests that can separate it from others.
 * `hides` names causes that are only symptoms when this one is confirmed for the same case.
 * `example` names the scenario in which it is confirmed. `ofPackage`: it is a fault of one package, of which the answers about another one of
 * the same project say nothing.
 */
export interface Cause {
  code: string;
  slug: string;
  /** What it is, for lists: one line, lower-case start, no full stop. */
  title: string;
  severity: 'error' | 'warning';
  needs: readonly string[];
  hides?: readonly string[];
  weigh(clues: Clues): Verdict;
  state(clues: Clues): Statement;
  /** Faults visible in the configuration alone; the cases tell what it is good for. */
  inspect?(run: RunFacts, cases: readonly Case[]): readonly Occurrence[];
  example: string;
  ofPackage?: true;
}

export const ruledOut: Verdict = { kind: 'ruled-out' };

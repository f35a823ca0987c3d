import type { Scenario } from '../../src/demo/scenario.ts';
import type { Outcome, Question } from '../../src/domain/probe.ts';
import type { RunningGitLab } from '../../src/simulator/start-gitlab.ts';

/**
 * What stands between the job and GitLab. `origin` answers in GitLab's place (`null`: the address itself is asked, through whatever
 * proxies `env` names); `answers` replaces the answer to single questions.
 */
export interface Passage {
  origin: string | null;
  /** For public origins the one that answers in their place, before a GitHub's own do. */
  origins?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  answers?: (question: Question) => Outcome | null;
}

/** What a run of a world must come to. A finding is written as `findingLine` writes it; their order does not count. */
export interface Expectation {
  verdict: 'pass' | 'fail' | 'undecided';
  exitCode: 0 | 1 | 2 | 3;
  findings: readonly string[];
}

/** A scenario of the tests: a whole situation, what may stand in between, and what must be said of it. */
export interface TestWorld extends Scenario {
  /** Options of the command line. */
  inputs?: Readonly<Record<string, string>>;
  offline?: boolean;
  passage?: (gitlab: RunningGitLab) => Promise<Passage>;
  /** Slug of a cause whose check crashes here. */
  crashing?: string;
  expected: Expectation;
  /** Causes that must stay silent here although it looks like them, each with what differs. */
  nearMissOf?: Readonly<Record<string, string>>;
}

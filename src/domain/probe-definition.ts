import type { RunFacts } from './cause.ts';
import type { PackageProject } from './package-project.ts';
import type { Question } from './probe.ts';
import type { Case } from './target.ts';

/** What a probe may build its questions from. */
export interface ProbeSubject {
  run: RunFacts;
  case: Case;
  packageProject: PackageProject | null;
}

/**
 * One kind of question beyond the client's own. `about: 'project'` means that its answer holds for every failing package of the
 * same project. A probe that can't be asked here gives no question. Its observations are keyed by the question's `probe`,
 * which is the slug, or `slug:detail` where one case needs several.
 */
export interface ProbeDefinition {
  slug: string;
  questions(subject: ProbeSubject): readonly Question[];
}

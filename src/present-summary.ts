import type { RunResult } from './app.ts';
import { createRedactor } from './domain/redaction.ts';
import type { World } from './io/world.ts';
import { problemOf, secretsOf } from './present.ts';
import { problemSummary } from './render/github-problem.ts';
import { renderSummary, type SummaryOptions } from './render/summary.ts';
import { withTexts } from './render/with-texts.ts';

export { summaryLimit } from './render/summary.ts';

/** A run as a page of Markdown for GitHub's job summary, without any secret that the run knows. Ends with a line end. */
export function presentSummary(
  { env }: Pick<World, 'env'>,
  result: RunResult,
  options: SummaryOptions,
): string {
  // a secret with marks that Markdown would escape is no longer found in the whole text, so it goes before; what escaping puts together, behind
  const redact = createRedactor(result.kind === 'report' ? result.secrets : secretsOf(result, env));
  return redact(
    result.kind === 'report'
      ? renderSummary(withTexts(result.report, redact), options)
      : problemSummary(withTexts(problemOf(result), redact), options),
  );
}

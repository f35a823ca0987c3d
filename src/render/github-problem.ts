import type { ProblemReport } from '../domain/problem-report.ts';
import { annotationPlace } from './github.ts';
import { logText } from './printable-report.ts';
import { codeMarkdown, plainMarkdown, plainWithLinks } from './summary-markdown.ts';
import { workflowCommand } from './workflow-command.ts';

/**
 * The annotation of a run that came to no report, one line of the runner's commands with its line end. `directory` is the project's path below the
 * repository, as `directoryBelow` gives it.
 */
export function githubProblem({ message, hint, file, line }: ProblemReport, directory: string): string {
  const text = [message, ...(hint === null ? [] : [hint])].map(logText).join('\n');
  const location = file === null ? null : { file: logText(file), line: line ?? 1, column: 1 };
  const place = annotationPlace(directory, location) ?? {};
  return `${workflowCommand('error', text, { ...place, title: 'npmrc-preflight' })}\n`;
}

/** The same as a page of Markdown for GitHub's job summary. `heading` tells several uses in a job apart. Ends with a line end. */
export function problemSummary(
  { message, hint, file, line }: ProblemReport,
  { heading = 'npmrc-preflight' }: { heading?: string } = {},
): string {
  const place = file === null ? [] : [`- at ${codeMarkdown(line === null ? file : `${file}:${line}`)}`];
  return `${[
    `### ${plainMarkdown(heading)}`,
    `**${plainMarkdown('✗ The check could not be made')}**`,
    `❌ ${plainMarkdown(message)}`,
    ...place,
    ...(hint === null ? [] : [`**Cure:** ${plainWithLinks(hint)}`]),
  ].join('\n\n')}\n`;
}

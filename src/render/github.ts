import { posix, win32 } from 'node:path';
import { liesWithin } from '../domain/lies-within.ts';
import type { Finding, Report } from '../domain/report.ts';
import { type PackageIndex, packageIndex, possibly, remedyTexts, severities } from './finding-text.ts';
import { printableReport } from './printable-report.ts';
import { type TextOptions, textParts } from './text.ts';
import { workflowCommand } from './workflow-command.ts';

/** GitHub keeps at most ten annotations of a severity for one step and drops the rest without a word (GitHub notes, section D6). */
const mostAnnotations = 10;

const levels = { error: 'error', warning: 'warning', info: 'notice' } satisfies Record<
  Finding['severity'],
  string
>;

/**
 * The text, with the list of packages in a group, then one annotation for each finding. Over ten of a severity they are joined by cause.
 * `directory` is the project's path below the repository (with `/`), which annotations need before their file. Ends with a line end.
 */
export function renderGithub(report: Report, options: TextOptions & { directory?: string }): string {
  const { verdict, plan, findings, packages } = textParts(report, options);
  const text = [[verdict, ...plan].join('\n'), ...findings].join('\n\n');
  const group =
    packages.length === 0
      ? []
      : [
          `\n${workflowCommand('group', `Private packages (${packages.length})`)}`,
          ...packages,
          '::endgroup::',
        ];
  return `${[text, ...group, ...annotations(report, options.directory ?? '')].join('\n')}\n`;
}

/** The workflow commands of a report, each one line. */
export function annotations(raw: Report, directory: string): readonly string[] {
  const report = printableReport(raw);
  return severities.flatMap((severity) => {
    const of = report.findings.filter((finding) => finding.severity === severity);
    const groups = of.length <= mostAnnotations ? of.map((finding) => [finding]) : byCause(of);
    const shown = groups.slice(0, mostAnnotations);
    const hidden = groups.length - shown.length;
    return shown.map((group, at) =>
      annotation(group, directory, at === shown.length - 1 ? hidden : 0, packageIndex(report.packages)),
    );
  });
}

function byCause(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.code, [...(groups.get(finding.code) ?? []), finding]);
  return [...groups.values()];
}

/** Where an annotation shows: GitHub knows files of the checkout only, so one outside of it (a user's `.npmrc`) has no place. */
export function annotationPlace(
  directory: string,
  location: { file: string; line: number; column: number } | null,
): Readonly<Record<string, string | number>> | null {
  if (location === null) return null;
  const file = repositoryPathBelow(directory, location.file);
  return /^(?:\/|[A-Za-z]:|\.\.\/)/.test(file) ? null : { file, line: location.line, col: location.column };
}

function annotation(
  group: readonly Finding[],
  directory: string,
  hidden: number,
  index: PackageIndex,
): string {
  const [finding] = group;
  if (finding === undefined) return '';
  const packages = [...new Set(group.flatMap((each) => each.packages))];
  const message = [
    ...(packages.length === 0
      ? []
      : [
          `packages: ${packages.slice(0, 10).join(', ')}${packages.length > 10 ? `, and ${packages.length - 10} more` : ''}`,
        ]),
    ...(group.length === 1
      ? [finding.seen === null ? [] : `seen: ${finding.seen}`, ...remedyTexts(finding.remedy)]
      : group.slice(0, 10).map(({ title }) => title)
    ).flat(),
    ...(hidden > 0 ? [`${hidden} further causes: see the log`] : []),
  ];
  const title = group.length === 1 ? finding.title : `${group.length} findings of ${finding.cause}`;
  const { location } = finding;
  const [first] = index.get(finding.packages[0] ?? '') ?? [];
  const place =
    annotationPlace(directory, location) ??
    (location && annotationPlace(directory, first?.location ?? null)) ??
    {};
  return workflowCommand(levels[finding.severity], message.length === 0 ? title : message.join('\n'), {
    ...place,
    title: `${finding.code}${possibly(finding)}: ${title}`,
  });
}

/**
 * The project's path below the checkout of the workflow, as annotations name files from there; empty where it is not below, or nobody says where the
 * checkout is. Both paths are absolute.
 */
export function directoryBelow(
  workspace: string | null,
  directory: string,
  platform: 'posix' | 'win32',
): string {
  const paths = platform === 'win32' ? win32 : posix;
  if (workspace === null || workspace === '' || !paths.isAbsolute(workspace)) return '';
  return liesWithin(directory, workspace, paths)
    ? paths.relative(workspace, directory).replaceAll('\\', '/')
    : '';
}

/** A file's path from the root of the repository, with `/`. `directory` is the project's, as `directoryBelow` gives it. */
function repositoryPathBelow(directory: string, file: string): string {
  const path = file.replaceAll('\\', '/');
  const base = directory
    .replaceAll('\\', '/')
    .replace(/^\.\/?/, '')
    .replace(/\/+$/, '');
  return base === '' || /^(?:\/|[A-Za-z]:)/.test(path) ? path : posix.normalize(`${base}/${path}`);
}

import type { Edit } from '../domain/remedy.ts';
import type { Finding, PackageReport, Report } from '../domain/report.ts';
import { bySeverity, possibly } from './finding-text.ts';
import { palette } from './palette.ts';
import { requestCommand } from './request-command.ts';
import { shownPlace } from './shown-place.ts';
import {
  blockMarkdown,
  codeMarkdown,
  linkMarkdown,
  plainMarkdown,
  plainWithLinks,
} from './summary-markdown.ts';
import { verdictLine } from './verdict-line.ts';

/** GitHub shows no summary of a step above 1 MiB. */
export const summaryLimit = 1024 * 1024;

/** `limit` are bytes. `page` gives the address of a cause's page, left out where nobody knows one. `heading` tells several uses in a job apart. */
export interface SummaryOptions {
  limit?: number;
  page?: (code: string) => string;
  heading?: string;
}

const most = { names: 5, steps: 20 };

/**
 * The report as a page of Markdown for GitHub's job summary: verdict, a table of the findings, each finding with its cure to copy, the packages
 * folded. Nothing that came from outside acts in it. Over the limit packages are left out before findings, and the page
 * says how many. Ends with a line end.
 */
export function renderSummary(report: Report, options: SummaryOptions = {}): string {
  const { limit = summaryLimit, heading = 'npmrc-preflight' } = options;
  const budget = { left: limit - 600 };
  const fits = (text: string) => {
    const size = Buffer.byteLength(text) + 2;
    if (size > budget.left) return false;
    budget.left -= size;
    return true;
  };
  const head = [
    `### ${plainMarkdown(heading)}`,
    `**${plainMarkdown(verdictLine(report, palette(false)))}**`,
  ].filter(fits);
  const findings = bySeverity(report.findings);
  const rows = findings.map((finding) => findingRow(finding, options)).filter(fits);
  const details = findings.map((finding) => findingBlock(finding, options)).filter(fits);
  const packages = report.packages.map(packageRow).filter(fits);
  const missing = [
    { count: report.findings.length - Math.min(rows.length, details.length), what: 'findings' },
    { count: report.packages.length - packages.length, what: 'packages' },
  ].filter(({ count }) => count > 0);
  return `${[
    ...head,
    ...(rows.length === 0
      ? []
      : [['| | code | cause | packages |', '|---|---|---|---|', ...rows].join('\n'), ...details]),
    ...(packages.length === 0 ? [] : [packageTable(packages, report.packages.length)]),
    ...missing.map(
      ({ count, what }) =>
        `_${count} ${what} do not fit on this page: the log and the report file have all of them._`,
    ),
  ].join('\n\n')}\n`;
}

const signs = { error: '❌', warning: '⚠️', info: 'ℹ️' } satisfies Record<Finding['severity'], string>;

function findingRow(finding: Finding, { page }: SummaryOptions): string {
  const { severity, code, title, packages } = finding;
  const label = page ? linkMarkdown(code, page(code)) : plainMarkdown(code);
  const names = packages.slice(0, most.names).map(codeMarkdown);
  const more = packages.length > names.length ? `and ${packages.length - names.length} more` : [];
  return `| ${signs[severity]} ${severity} | ${label} | ${plainMarkdown(title)}${possibly(finding)} | ${[names.join(', '), more].flat().join(' ')} |`;
}

function findingBlock(finding: Finding, { page }: SummaryOptions): string {
  const { code, title, location, seen, remedy, alternatives, decidedBy } = finding;
  const { edit, command, request, url } = remedy;
  const place = location === null ? [] : [codeMarkdown(`${location.file}:${location.line}`)];
  const facts = [
    ...(place.length === 0 ? [] : [`at ${place[0]}`]),
    ...(seen === null ? [] : [`seen: ${plainMarkdown(seen)}`]),
    ...(alternatives.length === 0 ? [] : [`could also be: ${plainMarkdown(alternatives.join(', '))}`]),
    ...(decidedBy === null ? [] : [`would decide it: ${plainMarkdown(decidedBy)}`]),
  ];
  const steps = remedy.steps
    .slice(0, most.steps)
    .map((step, index) => `${index + 1}. ${plainWithLinks(step)}`);
  return [
    `#### ${plainMarkdown(`${code}${possibly(finding)}: ${title}`)}`,
    ...(facts.length === 0 ? [] : [facts.map((fact) => `- ${fact}`).join('\n')]),
    ...(remedy.summary === ''
      ? []
      : [`**Cure:** ${[who(remedy.who), plainMarkdown(remedy.summary)].join('')}`]),
    ...(steps.length === 0 ? [] : [steps.join('\n')]),
    ...(url === undefined ? [] : [`Where: ${linkMarkdown(url, url)}`]),
    ...(edit === undefined ? [] : editBlock(edit)),
    ...(command === undefined ? [] : [blockMarkdown(command, 'sh')]),
    ...(request === undefined ? [] : [blockMarkdown(requestCommand(request).join(''), 'sh')]),
    ...(page ? [linkMarkdown(`About ${code}`, page(code))] : []),
  ].join('\n\n');
}

function who(name: string): string {
  return name === '' ? '' : `${plainMarkdown(name)}: `;
}

function editBlock({ file, line, before, after }: Edit): readonly string[] {
  const lines = [
    ...(before === null ? [] : before.split('\n').map((text) => `-${text}`)),
    ...(after === null ? [] : after.split('\n').map((text) => `+${text}`)),
  ];
  const place = codeMarkdown(line === null ? file : `${file}:${line}`);
  // a line that is only added is copied as it is
  return before === null && after !== null
    ? [`Add to ${place}:`, blockMarkdown(after, 'text')]
    : [`Change ${place}:`, blockMarkdown(lines.join('\n'), 'diff')];
}

const words = {
  ok: '✅ would install',
  failed: '❌ would fail',
  undecided: '❔ undecided',
  skipped: 'not asked',
} satisfies Record<PackageReport['status'], string>;

function packageRow(item: PackageReport): string {
  const { name, resolved, requested, status } = item;
  return `| ${words[status]} | ${codeMarkdown(name)} | ${codeMarkdown(resolved ?? requested)} | ${plainMarkdown(shownPlace(item))} |`;
}

function packageTable(rows: readonly string[], total: number): string {
  return [
    `<details><summary>Private packages (${total})</summary>`,
    ['| | package | version | registry |', '|---|---|---|---|', ...rows].join('\n'),
    '</details>',
  ].join('\n\n');
}

import type { Report } from '../domain/report.ts';
import { bySeverity, findingText, packageIndex } from './finding-text.ts';
import { palette } from './palette.ts';
import { environmentFacts, lookedAtLines, packageLines, planLines } from './plan-lines.ts';
import { printableReport } from './printable-report.ts';
import { verdictLine } from './verdict-line.ts';

/** `width` is where texts are wrapped (120 characters); `program` how this program is called (`node dist/index.js`); `page` the address of a cause's page, `null` for none. */
export interface TextOptions {
  color: boolean;
  width?: number;
  verbose?: boolean;
  program?: string;
  page?: ((code: string) => string) | null | undefined;
}

/** The parts of a report as text, without line ends at their borders, for renderers that put marks between them. */
export interface TextParts {
  verdict: string;
  plan: readonly string[];
  findings: readonly string[];
  packages: readonly string[];
}

/**
 * The report as text for people, ending with a line end: the verdict, what was planned and written, then errors, warnings and
 * notes, each with its cure. Everything in it that came from outside is made harmless for terminals and logs.
 */
export function renderText(report: Report, options: TextOptions): string {
  const { verdict, plan, findings, packages } = textParts(report, options);
  const blocks = [
    [verdict, ...plan].join('\n'),
    ...findings,
    ...(options.verbose && packages.length > 0 ? [packages.join('\n')] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The parts that {@link renderText} joins; `packages` is always there. */
export function textParts(raw: Report, options: TextOptions): TextParts {
  const { color, width = 120, verbose = false, program = 'node dist/index.js', page } = options;
  const report = printableReport(raw);
  const paint = palette(color);
  const layout = { paint, width, verbose, program, page, packages: packageIndex(report.packages) };
  const findings = bySeverity(report.findings).map((finding) => findingText(finding, layout));
  return {
    verdict: verdictLine(report, paint),
    plan: [
      ...(report.packages.length === 0 ? lookedAtLines(report, layout) : []),
      ...(verbose || report.environment.client.known === 'assumed'
        ? [`  ${environmentFacts(report).join(' · ')}`]
        : []),
      ...planLines(report, layout),
    ],
    findings: [...findings, ...unexplained(report)],
    packages: packageLines(report, paint),
  };
}

/** Packages that fail while no finding names them must not go unsaid. */
function unexplained(report: Report): readonly string[] {
  const named = new Set(report.findings.flatMap(({ packages }) => packages));
  const silent = report.packages.filter(
    ({ name, resolved, requested, status }) =>
      (status === 'failed' || status === 'undecided') &&
      !named.has(name) &&
      !named.has(`${name}@${resolved ?? requested}`),
  );
  if (silent.length === 0) return [];
  const names = silent
    .slice(0, 10)
    .map(({ name, resolved, requested, status }) => `  ${name}@${resolved ?? requested} (${status})`);
  return [
    [
      'without a finding:',
      ...names,
      ...(silent.length > 10 ? [`  … and ${silent.length - 10} more`] : []),
    ].join('\n'),
  ];
}

import type { ProblemReport } from '../../domain/problem-report.ts';
import type { Finding, Report } from '../../domain/report.ts';
import { counted, countPackages } from '../count-words.ts';
import { bySeverity, packageIndex } from '../finding-text.ts';
import { palette } from '../palette.ts';
import { environmentFacts, fileActions } from '../plan-lines.ts';
import { visibleReport } from '../printable-report.ts';
import type { ReportContext } from '../report-context.ts';
import { verdictLine } from '../verdict-line.ts';
import { findingCard } from './finding-card.ts';
import { html, type Markup } from './markup.ts';
import { packageTables, publishTable } from './package-table.ts';
import { pageFrame } from './page-frame.ts';

const states = [
  ['failed', 'would fail'],
  ['undecided', 'undecided'],
  ['ok', 'would install'],
  ['skipped', 'not asked'],
] as const;
const signs = { fail: '✗', undecided: '?', pass: '✓' } as const;

/**
 * The report as one page for people that works from an artifact's address and from a file: verdict, findings with cures to copy, packages by
 * steps, what was written, evidence on demand. It loads nothing, and shows every text from outside as text.
 */
export function renderPage(raw: Report, context: ReportContext): string {
  const report = visibleReport(raw);
  const { program, page, version } = context;
  const packages = packageIndex(report.packages);
  const [sign = '', ...words] = verdictLine(report, palette(false)).split(' ');
  const [headline = '', ...others] = words.join(' ').split(' · ');
  const findings = bySeverity(report.findings);
  const tone = sign === signs.fail ? 'fail' : sign === signs.undecided ? 'undecided' : 'pass';
  const used = new Map<string, number>();
  const anchor = ({ code }: Finding) => {
    const times = (used.get(code) ?? 0) + 1;
    used.set(code, times);
    return times === 1 ? code : `${code}-${times}`;
  };
  return pageFrame({
    title: `${sign} ${headline}: npmrc-preflight`,
    tone,
    head: html`<div class="brand">npmrc-preflight</div>
<h1><span class="mark" aria-hidden="true">${sign}</span><span>${headline}</span></h1>
<ul class="facts small">${[...others, ...environmentFacts(report)].map((fact) => html`<li>${fact}</li>`)}</ul>
${bar(report)}`,
    body: html`<h2>${findings.length === 0 ? 'No findings' : counted(findings.length, 'finding')}</h2>
${findings.length === 0 && html`<p class="card">Nothing to mend.</p>`}${findings.map((finding) =>
  findingCard(finding, { id: anchor(finding), packages, program, page }),
)}
<h2>Packages</h2>
${packageTables(report)}
${report.publish && report.publish.length > 0 && html`<h2>To be published</h2>${publishTable(report.publish)}`}
${configuration(report)}`,
    foot: html`npmrc-preflight ${version}, command <code>${report.command}</code>. The same as data: report.json, schema ${report.schema}.`,
  });
}

/** The page of a run that came to no report. */
export function problemPage(raw: ProblemReport, { version }: ReportContext): string {
  const { message, hint, file, line } = visibleReport(raw);
  return pageFrame({
    title: '✗ the check could not be made: npmrc-preflight',
    tone: 'fail',
    head: html`<div class="brand">npmrc-preflight</div>
<h1><span class="mark" aria-hidden="true">&#10007;</span><span>The check could not be made</span></h1>`,
    body: html`<h2>Why</h2><article class="error"><h3>${message}</h3>
${file !== null && html`<p><code>${file}${line !== null && `:${line}`}</code></p>`}
${hint !== null && html`<div class="cure"><h4>What to do</h4><p>${hint}</p></div>`}</article>`,
    foot: html`npmrc-preflight ${version}`,
  });
}

/** How many packages ended how, drawn by attributes alone: the policy allows no inline style. */
function bar(report: Report): Markup | null {
  const counts = countPackages(report);
  if (counts.total === 0) return null;
  let at = 0;
  const parts = states.flatMap(([state, word]) =>
    counts[state] === 0 ? [] : [{ state, word, count: counts[state] }],
  );
  const rects = parts.map(({ state, count }) => {
    const width = (count / counts.total) * 100;
    const rect = html`<rect class="${state}" x="${at.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="1"/>`;
    at += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>
<ul class="facts small">${parts.map(
    ({ state, word, count }) => html`<li><span class="dot ${state}"></span><b>${count}</b> ${word}</li>`,
  )}</ul>`;
}

function configuration({ scopes, files, exports: variables }: Report): Markup | null {
  const values = Object.entries(variables);
  if (scopes.length + files.length + values.length === 0) return null;
  return html`<h2>Configuration</h2>
<div class="card"><ul class="plain">${scopes.map(
    ({ scope, prefix, registry, why }) =>
      html`<li><b>${scope ?? 'unscoped packages'}</b> &rarr; ${prefix === null ? 'registry' : `${prefix} prefix`}: ${why}<br><code>${registry}</code></li>`,
  )}${files.map(
    ({ path, action, diff }) =>
      html`<li>${fileActions[action]} <code>${path}</code>${diff !== undefined && html`<details><summary>The change</summary>${diffBlock(diff)}</details>`}</li>`,
  )}${values.map(([name, value]) => html`<li>for later commands <code>${name}=${value}</code></li>`)}</ul></div>`;
}

function diffBlock(diff: string): Markup {
  return html`<pre>${diff
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.startsWith('+')
        ? html`<span class="plus">${line}</span>\n`
        : line.startsWith('-')
          ? html`<span class="minus">${line}</span>\n`
          : html`${line}\n`,
    )}</pre>`;
}

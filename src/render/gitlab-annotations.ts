import type { Finding, Report } from '../domain/report.ts';
import { printableJson } from './json.ts';
import type { ReportContext } from './report-context.ts';
import { webLink } from './web-link.ts';

interface Link {
  external_link: { label: string; url: string };
}

/** GitLab takes 80 KB and 1000 links a section; what lies beyond would cost the whole file. */
const mostBytes = 70_000;
const mostLinks = 100;
const longestLabel = 120;
const longestUrl = 1000;

/** Pages of GitLab's own help, which every instance carries, by the layer or code that they explain. */
const helpPages: readonly { codes: RegExp; page: string; label: string }[] = [
  { codes: /^NP30[136]$/, page: 'ci/jobs/ci_job_token.md', label: 'GitLab help: CI/CD job token' },
  { codes: /^NP30[27]$/, page: 'user/permissions.md', label: 'GitLab help: roles and permissions' },
];

/**
 * Links for the job's page (`artifacts:reports:annotations`): the report with every cure, the page where each finding is mended, what
 * GitLab says of it. Kept below GitLab's limits; `{}` when there is nothing to link to. Only http and https.
 */
export function renderAnnotations(report: Report, { pageUrl, helpUrl }: ReportContext): string {
  const { findings } = report;
  const whole = link(
    `${findings.length === 0 ? 'Report' : 'Report with every cure'} (${report.verdict})`,
    pageUrl,
  );
  const mending = findings.map((finding) => link(labelOf(finding), finding.remedy.url));
  const help = helpPages
    .filter(({ codes }) => findings.some(({ code }) => codes.test(code)))
    .map(({ page, label }) => link(label, helpUrl === null ? null : `${helpUrl}/${page}`));
  return sections({ 'npmrc-preflight': [whole], 'Where to mend it': mending, 'Read on': help });
}

/** The links of a run that came to no report: only its page. */
export function annotationsOfProblem({ pageUrl }: ReportContext): string {
  return sections({ 'npmrc-preflight': [link('Why the check could not be made', pageUrl)] });
}

function sections(of: Readonly<Record<string, readonly (Link | null)[]>>): string {
  let bytes = 2;
  const kept = Object.entries(of).flatMap(([name, links]) => {
    const urls = new Set<string>();
    const fitting = links.filter((one): one is Link => {
      if (one === null || urls.has(one.external_link.url) || urls.size >= mostLinks) return false;
      const size = Buffer.byteLength(printableJson({ [name]: [one] }));
      if (bytes + size > mostBytes) return false;
      bytes += size;
      urls.add(one.external_link.url);
      return true;
    });
    return fitting.length === 0 ? [] : [[name, fitting] as const];
  });
  return printableJson(Object.fromEntries(kept));
}

function labelOf({ code, title }: Finding): string {
  return `${code}: ${title}`;
}

function link(label: string, to: string | null | undefined): Link | null {
  const url = webLink(to);
  if (url === null || url.length > longestUrl) return null;
  const text = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
  return { external_link: { label: text, url } };
}

import { handedOn } from '../domain/handed-on.ts';
import type { Report } from '../domain/report.ts';

/**
 * The verdict for later jobs, as GitLab reads `artifacts:reports:dotenv`: no blank line, no quotes, no empty value, far below 5 KB.
 * Without findings the codes are `none`; a run without a report has the verdict `error`.
 */
export function renderDotenv(report: Pick<Report, 'verdict' | 'findings'> | null): string {
  const codes = [...new Set(report?.findings.map(({ code }) => code))].sort();
  const values = {
    NPMRC_PREFLIGHT_VERDICT: report?.verdict ?? 'error',
    NPMRC_PREFLIGHT_FINDINGS: String(report?.findings.length ?? 0),
    NPMRC_PREFLIGHT_CODES: codes.length === 0 ? 'none' : codes.join(','),
  } satisfies Record<(typeof handedOn)[number], string>;
  return handedOn.map((name) => `${name}=${values[name]}\n`).join('');
}

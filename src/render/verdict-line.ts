import type { Report } from '../domain/report.ts';
import { counted, countPackages, duration, type PackageCounts } from './count-words.ts';
import type { Palette } from './palette.ts';

/**
 * The first line of every text: sign, what would happen to the install, causes, requests. It says "would install" only of
 * packages that were asked about and answered; `✗` stands wherever a package would fail, whatever `fail-on` makes of it.
 */
export function verdictLine(report: Report, paint: Palette): string {
  const counts = countPackages(report);
  const failing = report.verdict === 'fail' || counts.failed > 0;
  const undecided = !failing && (report.verdict === 'undecided' || counts.undecided > 0);
  const parts = [
    outcome(report, counts, failing, undecided),
    ...(counts.failed > 0 && counts.undecided > 0 ? [`${counts.undecided} undecided`] : []),
    ...publishing(report, failing),
    ...causes(report),
    ...(counts.skipped > 0 && counts.skipped < counts.total ? [`${counts.skipped} not asked about`] : []),
    requests(report),
    ...(failing && report.exitCode === 0
      ? [report.verdict === 'pass' ? 'only optional ones' : 'exit code 0 as asked by fail-on']
      : []),
  ];
  const text = parts.join(' · ');
  if (failing) return `${paint.error('✗')} ${paint.strong(text)}`;
  return undecided
    ? `${paint.warning('?')} ${paint.strong(text)}`
    : `${paint.good('✓')} ${paint.strong(text)}`;
}

function outcome(report: Report, counts: PackageCounts, failing: boolean, undecided: boolean): string {
  const all = counted(counts.total, 'private package');
  if (counts.failed > 0) return `${counts.failed} of ${all} would fail`;
  if (counts.undecided > 0) return `${counts.undecided} of ${all} undecided`;
  if (undecided) return 'undecided: a server could not be asked';
  if (failing && refusedPublishing(report) > 0) return whatOf(counts);
  if (failing) {
    const errors = report.findings.filter(({ severity }) => severity === 'error').length;
    const warnings = report.findings.filter(({ severity }) => severity === 'warning').length;
    const found = errors > 0 ? counted(errors, 'error') : counted(warnings, 'warning');
    return `${found} in the configuration, ${whatOf(counts)}`;
  }
  if (counts.total === 0) return 'no private package found';
  return counts.ok === 0
    ? `no fault in the configuration, ${whatOf(counts)}`
    : `${counted(counts.ok, 'private package')} would install`;
}

function whatOf(counts: PackageCounts): string {
  if (counts.total === 0) return 'no private package found';
  const all = counted(counts.total, 'private package');
  return counts.ok === 0
    ? `${all} not asked about`
    : `${counted(counts.ok, 'private package')} would install`;
}

function refusedPublishing({ publish = [] }: Report): number {
  return publish.filter(({ status }) => status === 'failed').length;
}

/** What would become of the packages that are to be published; nothing where it was not asked. */
function publishing(report: Report, failing: boolean): readonly string[] {
  const { publish = [] } = report;
  const refused = refusedPublishing(report);
  const total = publish.filter(({ status }) => status !== 'skipped').length;
  if (refused > 0) return [`${refused} of ${counted(total, 'own package')} can not be published`];
  const allowed = publish.filter(({ status }) => status === 'ok').length;
  return allowed > 0 && !failing ? [`${counted(allowed, 'own package')} may be published`] : [];
}

/** Confirmed and possible causes of errors are counted apart: a possible one is not yet a cause. */
function causes({ findings }: Report): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const confirmed = new Set(
    errors.filter(({ certainty }) => certainty === 'confirmed').map(({ code }) => code),
  );
  const possible = new Set(errors.map(({ code }) => code).filter((code) => !confirmed.has(code)));
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return [
    ...(confirmed.size > 0 ? [counted(confirmed.size, 'cause')] : []),
    ...(possible.size > 0 ? [counted(possible.size, 'possible cause')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
}

function requests({ requests: { count, ms } }: Report): string {
  return count === 0 ? 'no requests' : `${counted(count, 'request')} in ${duration(ms)}`;
}

import type { Report } from '../domain/report.ts';

/** How many packages ended how. */
export interface PackageCounts {
  total: number;
  ok: number;
  failed: number;
  undecided: number;
  skipped: number;
}

export function countPackages(report: Report): PackageCounts {
  const counts = { total: report.packages.length, ok: 0, failed: 0, undecided: 0, skipped: 0 };
  for (const { status } of report.packages) counts[status] += 1;
  return counts;
}

/** `1 warning`, `2 warnings`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Milliseconds as people say them: `48 ms`, `0.4 s`, `12.0 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 1200) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

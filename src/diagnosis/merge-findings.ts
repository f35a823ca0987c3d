import type { Finding } from '../domain/report.ts';

const mostEvidence = 12;

/**
 * One finding for each cause and remedy, with every package that it explains; errors first, confirmed before possible, then by code.
 * Findings keep the first location, so that the printed place is the first dependency's.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.code,
      finding.severity,
      finding.certainty,
      finding.remedy,
      finding.alternatives,
    ]);
    const known = merged.get(key);
    merged.set(key, known ? joined(known, finding) : finding);
  }
  return [...merged.values()].sort(byWeight);
}

function joined(first: Finding, second: Finding): Finding {
  const seen = new Set(first.evidence.map(({ probe, url }) => `${probe} ${url}`));
  const further = second.evidence.filter(({ probe, url }) => !seen.has(`${probe} ${url}`));
  return {
    ...first,
    packages: [...new Set([...first.packages, ...second.packages])],
    evidence: [...first.evidence, ...further].slice(0, mostEvidence),
  };
}

const severities = ['error', 'warning', 'info'];

function byWeight(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    a.certainty.localeCompare(b.certainty) ||
    a.code.localeCompare(b.code)
  );
}

import type { Evidence, Finding } from '../domain/report.ts';

const mostEvidence = 12;

/**
 * One finding for each cause and remedy, with every package that it explains; errors first, confirmed before possible, then by code. Remedies that come to
 * one request are one, in the words of the one that knows the project best. Findings keep the first location, so that the printed place is the first
 * dependency's.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.code,
      finding.severity,
      finding.certainty,
      finding.remedy.request ?? finding.remedy,
      finding.alternatives,
    ]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].flatMap(joined).sort(byWeight);
}

/** Linear in the packages: a checkout may have a hundred thousand of them behind one cause. */
function joined(group: readonly Finding[]): readonly Finding[] {
  const [first, ...others] = group;
  if (first === undefined || others.length === 0) return group;
  const evidence = new Map<string, Evidence>();
  for (const item of group.flatMap((finding) => finding.evidence)) {
    const key = `${item.probe} ${item.url}`;
    if (!evidence.has(key)) evidence.set(key, item);
  }
  const packages = new Set(group.flatMap((finding) => finding.packages));
  const { title, remedy } = group.reduce(knowsMore);
  return [
    {
      ...first,
      title,
      remedy,
      packages: [...packages],
      evidence: [...evidence.values()].slice(0, mostEvidence),
    },
  ];
}

/** A project is named by its path and number where both are known, by one of them where not. */
function knowsMore(one: Finding, other: Finding): Finding {
  return other.remedy.summary.length > one.remedy.summary.length ? other : one;
}

const severities = ['error', 'warning', 'info'];

function byWeight(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    a.certainty.localeCompare(b.certainty) ||
    a.code.localeCompare(b.code)
  );
}

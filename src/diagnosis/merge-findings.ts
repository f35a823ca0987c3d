import type { Evidence, Finding } from '../domain/report.ts';

const mostEvidence = 12;

/**
 * One finding for each cause and remedy, with every package that it explains; errors first, confirmed before possible, then by code. Remedies that come to
 * one request or one edit are one, in the words of the one that knows the project best; so are those of one sentence about one line, where one alone knows an
 * edit, or where their edits differ only in the variable of the token: a line stands once, with the token that was seen to open one of the packages. Findings keep the first location, so that the printed place is the first dependency's.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const alike = groupsBy(findings, ({ remedy }) => [remedy.request ?? remedy.edit ?? remedy]);
  const merged = alike.map((group) => joined(group, group.reduce(knowsMore)));
  const ofOneLine = groupsBy(merged, ({ title, location }) => [title, location]);
  return ofOneLine.flatMap(withOneEdit).sort(byWeight);
}

/** Findings of one cause, weight and set of alternatives, and of one `key`. */
function groupsBy(
  findings: readonly Finding[],
  key: (finding: Finding) => readonly unknown[],
): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { code, severity, certainty, alternatives } = finding;
    const text = JSON.stringify([code, severity, certainty, alternatives, ...key(finding)]);
    const group = groups.get(text);
    if (group) group.push(finding);
    else groups.set(text, [finding]);
  }
  return [...groups.values()];
}

function withOneEdit(group: readonly Finding[]): readonly Finding[] {
  const cures = group.filter(({ remedy }) => remedy.edit ?? remedy.request);
  if (cures.length === 0) return ofOneProject(group);
  const forms = new Set(cures.map(({ remedy }) => withoutVariable(remedy)));
  const cured = cures.find(isOpened) ?? cures[0];
  return cured === undefined || forms.size > 1 ? group : [joined(group, cured)];
}

/** Remedies that differ only in whether the path of a numbered project is known are one. */
function ofOneProject(group: readonly Finding[]): readonly Finding[] {
  const alike = groupsBy(group, ({ remedy }) => [
    remedy.summary.replace(/\S+ \((project \d+)\)/g, '$1'),
    remedy.command,
  ]);
  return alike.flatMap((some) =>
    new Set(some.map(({ remedy }) => remedy.summary)).size > 1
      ? [joined(some, some.reduce(knowsMore))]
      : some,
  );
}

/** What a remedy asks for, whichever variable its lines refer to. */
function withoutVariable({ request, edit }: Finding['remedy']): string {
  return JSON.stringify([request, edit]).replace(/\$\{\w+-?\}/g, '${}');
}

function isOpened({ evidence }: Finding): boolean {
  return evidence.some(({ probe, status }) => probe.endsWith('-with-token') && status === 200);
}

/** Linear in the packages: a checkout may have a hundred thousand of them behind one cause. */
function joined(group: readonly Finding[], chosen: Finding): Finding {
  const { title, remedy } = chosen;
  if (group.length === 1) return chosen;
  const evidence = new Map<string, Evidence>();
  for (const item of group.flatMap((finding) => finding.evidence)) {
    const key = `${item.probe} ${item.url}`;
    if (!evidence.has(key)) evidence.set(key, item);
  }
  return {
    ...(group[0] ?? chosen),
    title,
    remedy,
    packages: [...new Set(group.flatMap((finding) => finding.packages))],
    evidence: [...evidence.values()].slice(0, mostEvidence),
  };
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

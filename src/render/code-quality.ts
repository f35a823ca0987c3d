import { createHash } from 'node:crypto';
import type { ProblemReport } from '../domain/problem-report.ts';
import type { Finding, Report } from '../domain/report.ts';
import { shortened } from '../domain/shortened.ts';
import type { Location } from '../domain/source.ts';
import { type PackageIndex, packageIndex, possibly } from './finding-text.ts';
import { printableJson } from './json.ts';
import type { ReportContext } from './report-context.ts';

/** One issue of GitLab's Code Quality report, the part of the Code Climate format that GitLab reads. */
interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number } };
}

/**
 * The findings as a Code Quality report: one issue at the line of each dependency that a finding explains, or at the finding's own
 * line of configuration. Paths are relative to the repository's root; what lies outside is told at the packages, or at package.json. The fingerprint
 * rests on code, file and package, so it stays the same when lines move or other packages join. `[]` when nothing was found.
 */
export function renderCodeQuality(report: Report, { repositoryPath }: ReportContext): string {
  const index = packageIndex(report.packages);
  const seen = new Map<string, number>();
  const issues = report.findings.flatMap((finding) =>
    placesOf(finding, index, (file) => repositoryPath(file) === null).map(({ location, name }): Issue => {
      const path = location && repositoryPath(location.file);
      const place = path ?? repositoryPath('package.json') ?? 'package.json';
      const { code, title, remedy } = finding;
      return {
        description: clipped(
          `${code}${possibly(finding)}: ${title}${forWhat(name, finding)}. ${remedy.summary}`,
        ),
        check_name: `npmrc-preflight/${code}`,
        fingerprint: fingerprint([code, place, bareName(name, index)], seen),
        severity: severityOf(finding),
        location: { path: place, lines: { begin: path === null ? 1 : (location?.line ?? 1) } },
      };
    }),
  );
  return printableJson(issues);
}

/** The report of a run that came to none: an issue at the file that kept it from one, `[]` when it was no file. */
export function codeQualityOfProblem(problem: ProblemReport, { repositoryPath }: ReportContext): string {
  const path = problem.file === null ? null : repositoryPath(problem.file);
  if (path === null) return printableJson([]);
  const issue: Issue = {
    description: clipped([problem.message, problem.hint].filter((part) => part !== null).join('. ')),
    check_name: 'npmrc-preflight/unreadable',
    fingerprint: fingerprint(['unreadable', path], new Map()),
    severity: 'blocker',
    location: { path, lines: { begin: problem.line ?? 1 } },
  };
  return printableJson([issue]);
}

/** A finding at the place of its first package is about its packages, each of which has a line of its own. */
function placesOf(
  finding: Finding,
  index: PackageIndex,
  isOutside: (file: string) => boolean,
): { location: Location | null; name: string | null }[] {
  const places = finding.packages.map((name) => ({ location: index.get(name)?.[0]?.location ?? null, name }));
  const [first] = places;
  const own = finding.location;
  if (first === undefined || (own !== null && !isOutside(own.file) && !samePlace(own, first.location)))
    return [{ location: own, name: null }];
  return places.map(({ location, name }) => ({ location: location ?? own, name }));
}

function samePlace(one: Location, other: Location | null): boolean {
  return other !== null && one.file === other.file && one.line === other.line;
}

function forWhat(name: string | null, { title, packages }: Finding): string {
  const named = name ?? packages[0];
  return named === undefined || title.includes(named) ? '' : ` (${named})`;
}

/** GitLab's own order is info, minor, major, critical, blocker. */
function severityOf({ severity, certainty }: Finding): Issue['severity'] {
  if (severity === 'error') return certainty === 'confirmed' ? 'critical' : 'major';
  return severity === 'warning' ? 'minor' : 'info';
}

/** Without the range or version that a finding may name a package by. */
function bareName(name: string | null, index: PackageIndex): string {
  return name === null ? '' : (index.get(name)?.[0]?.name ?? name);
}

function fingerprint(parts: readonly string[], seen: Map<string, number>): string {
  const key = JSON.stringify(parts);
  const times = seen.get(key) ?? 0;
  seen.set(key, times + 1);
  return createHash('sha256')
    .update(times === 0 ? key : `${key} ${times}`)
    .digest('hex');
}

/** As much as one issue of the widget can hold. */
function clipped(text: string): string {
  return shortened(text, 1000);
}

import type { ProblemReport } from '../domain/problem-report.ts';
import type { Finding, PackageReport, Report } from '../domain/report.ts';
import { findingText, packageIndex } from './finding-text.ts';
import { palette } from './palette.ts';
import { visibleReport } from './printable-report.ts';
import type { ReportContext } from './report-context.ts';
import { shownPlace } from './shown-place.ts';

/** One test case: what became of it, with the text that the CI shows for it. */
interface TestCase {
  suite: string;
  name: string;
  place: string;
  file: string | null;
  result: 'ok' | 'failure' | 'error' | 'skipped';
  type: string;
  message: string;
  text: string;
}

/** Beyond so many test cases of one finding the text is not said again. */
const mostTexts = 200;

/**
 * The report as JUnit XML: a test case for each private package, for each package to be published, and for each finding about the
 * configuration. A failing one says cause and cure; one that could not be asked about is an error; an optional package that may fail
 * and one that was not asked about are skipped.
 */
export function renderJunit(raw: Report, context: ReportContext): string {
  const report = visibleReport(raw);
  const packages = packageIndex(report.packages);
  const layout = {
    paint: palette(false),
    width: 110,
    verbose: false,
    packages,
    program: context.program,
    page: context.page,
  };
  const texts = new Map<Finding, number>();
  const textOf = (finding: Finding) => {
    const times = (texts.get(finding) ?? 0) + 1;
    texts.set(finding, times);
    return times > mostTexts
      ? `${finding.title}: see ${finding.packages[0] ?? 'above'}`
      : findingText(finding, layout);
  };
  const byName = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    for (const name of finding.packages) byName.set(name, [...(byName.get(name) ?? []), finding]);
  }
  const told = new Set<Finding>();
  const about = (names: readonly string[]) => {
    const found = [...new Set(names.flatMap((name) => byName.get(name) ?? []))];
    for (const finding of found) told.add(finding);
    return found;
  };
  const cases = report.packages.map((item): TestCase => {
    const version = item.resolved ?? item.requested;
    const name = `${item.name}@${version}`;
    return {
      suite: 'private packages',
      name,
      place: shownPlace(item),
      file: item.location && context.repositoryPath(item.location.file),
      ...resultOf(item.status, about([item.name, name]), textOf),
    };
  });
  const publishing = (report.publish ?? []).map((item): TestCase => {
    const name = item.version === null ? item.name : `${item.name}@${item.version}`;
    return {
      suite: 'publishing',
      name: `publish ${name}`,
      place: shownPlace(item),
      file: null,
      ...resultOf(item.status, about([item.name, name]), textOf),
    };
  });
  const others = report.findings
    .filter((finding) => !told.has(finding))
    .map(
      (finding): TestCase => ({
        suite: 'configuration',
        name: `${finding.code} ${finding.cause}`,
        place: 'configuration',
        file: finding.location && context.repositoryPath(finding.location.file),
        ...resultOf(finding.severity === 'error' ? 'failed' : 'ok', [finding], textOf),
      }),
    );
  return document([...cases, ...publishing, ...others], report.requests.ms / 1000);
}

/** The JUnit report of a run that came to none: one test case with the error. */
export function junitOfProblem(raw: ProblemReport, context: ReportContext): string {
  const problem = visibleReport(raw);
  const { message, hint, file, line } = problem;
  const place = file === null ? null : `  --> ${file}${line === null ? '' : `:${line}`}`;
  const text = [`error: ${message}`, place, hint === null ? null : `  help: ${hint}`];
  return document(
    [
      {
        suite: 'configuration',
        name: 'the check can be made',
        place: 'configuration',
        file: file === null ? null : context.repositoryPath(file),
        result: 'error',
        type: 'npmrc-preflight',
        message,
        text: text.filter((part) => part !== null).join('\n'),
      },
    ],
    0,
  );
}

function resultOf(
  status: PackageReport['status'],
  findings: readonly Finding[],
  textOf: (finding: Finding) => string,
): Pick<TestCase, 'result' | 'type' | 'message' | 'text'> {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors.length > 0 ? errors : findings;
  const text = findings.map(textOf).join('\n\n');
  const said = { type: first?.code ?? 'npmrc-preflight', text };
  if (status === 'ok') return { ...said, result: 'ok', message: '' };
  if (status === 'skipped') return { ...said, result: 'skipped', message: first?.title ?? 'not asked about' };
  if (status === 'undecided')
    return { ...said, result: 'error', message: first?.title ?? 'a server could not be asked' };
  return findings.length > 0 && errors.length === 0
    ? { ...said, result: 'skipped', message: `it may fail: ${first?.title ?? ''}` }
    : { ...said, result: 'failure', message: first?.title ?? 'it would fail' };
}

function document(cases: readonly TestCase[], seconds: number): string {
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const parts = suites.flatMap((suite) => {
    const of = cases.filter((one) => one.suite === suite);
    return [`  <testsuite name="${attribute(suite)}"${counts(of)}>`, ...of.map(testCase), '  </testsuite>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="npmrc-preflight"${counts(cases)} time="${seconds.toFixed(3)}">`,
    ...parts,
    '</testsuites>\n',
  ].join('\n');
}

function counts(cases: readonly TestCase[]): string {
  const of = (result: TestCase['result']) => cases.filter((one) => one.result === result).length;
  return ` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function testCase({ name, place, file, result, type, message, text }: TestCase): string {
  const where = file === null ? '' : ` file="${attribute(file)}"`;
  const open = `    <testcase name="${attribute(name)}" classname="${attribute(place)}"${where} time="0"`;
  const output = text === '' ? '' : `<system-out>${content(text)}</system-out>`;
  switch (result) {
    case 'ok':
      return output === '' ? `${open}/>` : `${open}>${output}</testcase>`;
    case 'skipped':
      return `${open}><skipped message="${attribute(message)}"/>${output}</testcase>`;
    case 'failure':
    case 'error':
      return `${open}><${result} type="${attribute(type)}" message="${attribute(message)}">${content(text)}</${result}></testcase>`;
  }
}

function attribute(text: string): string {
  return content(text)
    .replaceAll('"', '&quot;')
    .replace(/[\n\t]/g, ' ');
}

/** Text of an element. Two code points that XML 1.0 does not know are replaced; control characters were made visible before. */
function content(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

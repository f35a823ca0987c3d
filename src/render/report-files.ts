import type { ProblemReport } from '../domain/problem-report.ts';
import type { Report } from '../domain/report.ts';
import { codeQualityOfProblem, renderCodeQuality } from './code-quality.ts';
import { renderDotenv } from './dotenv.ts';
import { annotationsOfProblem, renderAnnotations } from './gitlab-annotations.ts';
import { renderJson } from './json.ts';
import { junitOfProblem, renderJunit } from './junit.ts';
import { problemPage, renderPage } from './page/report-page.ts';
import type { ReportContext } from './report-context.ts';

/** A file of the report folder. `ofProblem` is its text after a run that came to no report; `null`: it must not be there then. */
export interface ReportFile {
  name: string;
  ofReport(report: Report, context: ReportContext): string;
  ofProblem: ((problem: ProblemReport, context: ReportContext) => string) | null;
}

/** Every file of the report folder. A new form of output is a row here, and a section in docs/reports.md. */
export const reportFiles: readonly ReportFile[] = [
  { name: 'report.json', ofReport: renderJson, ofProblem: null },
  { name: 'report.html', ofReport: renderPage, ofProblem: problemPage },
  { name: 'junit.xml', ofReport: renderJunit, ofProblem: junitOfProblem },
  { name: 'codequality.json', ofReport: renderCodeQuality, ofProblem: codeQualityOfProblem },
  {
    name: 'annotations.json',
    ofReport: renderAnnotations,
    ofProblem: (_, context) => annotationsOfProblem(context),
  },
  { name: 'preflight.env', ofReport: renderDotenv, ofProblem: () => renderDotenv(null) },
];

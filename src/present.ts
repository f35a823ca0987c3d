import { resolve } from 'node:path';
import type { RunResult } from './app.ts';
import { environmentSecrets } from './domain/environment-secrets.ts';
import type { ProblemReport } from './domain/problem-report.ts';
import { createRedactor } from './domain/redaction.ts';
import type { Secret } from './domain/secret.ts';
import { componentVariable, type Inputs } from './inputs.ts';
import type { World } from './io/world.ts';
import { directoryBelow, renderGithub } from './render/github.ts';
import { githubProblem } from './render/github-problem.ts';
import { renderGitlab } from './render/gitlab.ts';
import { renderJson } from './render/json.ts';
import { logText } from './render/printable-report.ts';
import { renderText } from './render/text.ts';
import { renderInputProblem, renderUsageError } from './render/usage.ts';
import { writeReports } from './write-reports.ts';

/** `now` are Unix seconds, for the marks of GitLab's log. */
export interface Presentation {
  inputs: Inputs;
  color: boolean;
  complaintColor: boolean;
  width: number;
  program: string;
  /** `false` where nobody gave options by hand, so that the list of them is no help. */
  help?: boolean;
  verbose: boolean;
  now: number;
  /** The address of a cause's page, where readers can't call the program; `null` where there is none. */
  page?: ((code: string) => string) | null | undefined;
}

/** A run that came to no report. */
export type NoReport = Exclude<RunResult, { kind: 'report' }>;

/** Why a run came to no report, for those who read files and pages in place of the log. It may hold what `secretsOf` knows. */
export function problemOf(result: NoReport): ProblemReport {
  switch (result.kind) {
    case 'usage':
      return { message: result.message, hint: result.hint, file: null, line: null };
    case 'unreadable': {
      const { message, hint, file, line } = result.problem;
      return { message, hint, file, line };
    }
    case 'not-written':
      return {
        message: `${result.path} can not be written: ${result.why}`,
        hint: null,
        file: null,
        line: null,
      };
    case 'crashed':
      return { message: crashText(result), hint: null, file: null, line: null };
  }
}

function crashText({ why }: { why: string }): string {
  return `npmrc-preflight itself failed: ${why}`;
}

/** What no output about a run without a report may show. */
export function secretsOf(result: NoReport, env: World['env']): readonly Secret[] {
  return result.kind === 'not-written' ? result.secrets : environmentSecrets(env);
}

/** What a run prints, where, and its exit code (2 for all that kept it from a report, but 1 for a crash). Writes the reports that were asked for. */
export async function presentReport(
  world: World,
  result: RunResult,
  options: Presentation,
): Promise<{ exitCode: number; output: string; complaint: string }> {
  const directory = directoryBelow(
    world.env.GITHUB_WORKSPACE ?? null,
    resolve(world.directory, options.inputs.workingDirectory.value),
    world.platform,
  );
  const withoutReport = async (refused: NoReport, said: string) => {
    const redact = createRedactor(secretsOf(refused, world.env));
    const problem = problemOf(refused);
    const notes = await writeReports(world, { kind: 'problem', problem }, { ...options, redact });
    return {
      exitCode: refused.kind === 'crashed' ? 1 : 2,
      output: '',
      complaint: redact(
        [
          said,
          ...notes.map((why) => `note: ${why}\n`),
          ...(world.env.GITHUB_ACTIONS === 'true' ? [githubProblem(problem, directory)] : []),
        ].join(''),
      ),
    };
  };
  const { complaintColor: color, program, help = true } = options;
  switch (result.kind) {
    case 'usage':
      return withoutReport(
        result,
        renderUsageError(result, {
          color,
          program,
          help: help && world.env[componentVariable] === undefined,
        }),
      );
    case 'unreadable':
      return withoutReport(result, renderInputProblem(result.problem, { color }));
    case 'not-written':
      return withoutReport(
        result,
        `error: ${logText(result.path)} can not be written: ${logText(result.why)}\n`,
      );
    case 'crashed':
      return withoutReport(result, `error[NP901]: ${logText(crashText(result))}\n`);
    case 'report': {
      const redact = createRedactor(result.secrets);
      const complaints = result.notices.map((notice) => `note: ${logText(notice)}\n`);
      for (const why of await writeReports(
        world,
        { kind: 'report', report: result.report },
        { ...options, redact },
      ))
        complaints.push(`note: ${why}\n`);
      const { report } = result;
      return {
        exitCode: report.exitCode,
        output: redact(format() === 'json' ? renderJson(report) : text()),
        complaint: redact(complaints.join('')),
      };

      function format() {
        if (options.inputs.format.value !== null) return options.inputs.format.value;
        const { provider } = report.environment;
        return provider === 'generic' ? 'text' : provider;
      }
      function text(): string {
        const { color, width, program, verbose, page } = options;
        const layout = { color, width, program, verbose, page };
        switch (format()) {
          case 'gitlab':
            return renderGitlab(report, { ...layout, seconds: options.now });
          case 'github':
            return renderGithub(report, {
              ...layout,
              directory,
            });
          default:
            return renderText(report, layout);
        }
      }
    }
  }
}

import { resolve } from 'node:path';
import type { RunResult } from './app.ts';
import { environmentSecrets } from './domain/environment-secrets.ts';
import type { ProblemReport } from './domain/problem-report.ts';
import { createRedactor } from './domain/redaction.ts';
import type { Inputs } from './inputs.ts';
import type { World } from './io/world.ts';
import { directoryBelow, renderGithub } from './render/github.ts';
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
  verbose: boolean;
  now: number;
  /** The address of a cause's page, where readers can't call the program; `null` where there is none. */
  page?: ((code: string) => string) | null | undefined;
}

/** What a run prints, where, and its exit code (2 for everything that kept it from a report). Writes the reports that were asked for. */
export function presentReport(
  world: World,
  result: RunResult,
  options: Presentation,
): { exitCode: number; output: string; complaint: string } {
  const withoutReport = (said: string, problem: ProblemReport, redact: (text: string) => string) => {
    const { message, hint, file, line } = problem;
    const what = { kind: 'problem', problem: { message, hint, file, line } } as const;
    const notes = writeReports(world, what, { ...options, redact });
    return {
      exitCode: 2,
      output: '',
      complaint: `${said}${redact(notes.map((why) => `note: ${why}\n`).join(''))}`,
    };
  };
  switch (result.kind) {
    case 'usage': {
      const { message, hint } = result;
      return withoutReport(
        renderUsageError(result, { color: options.complaintColor, program: options.program }),
        { message, hint, file: null, line: null },
        createRedactor(environmentSecrets(world.env)),
      );
    }
    case 'unreadable': {
      const redact = createRedactor(environmentSecrets(world.env));
      return withoutReport(
        redact(renderInputProblem(result.problem, { color: options.complaintColor })),
        result.problem,
        redact,
      );
    }
    case 'not-written': {
      const redact = createRedactor(result.secrets);
      const { path, why } = result;
      return withoutReport(
        redact(`error: ${logText(path)} can not be written: ${logText(why)}\n`),
        { message: `${path} can not be written: ${why}`, hint: null, file: null, line: null },
        redact,
      );
    }
    case 'report': {
      const redact = createRedactor(result.secrets);
      const complaints = result.notices.map((notice) => `note: ${logText(notice)}\n`);
      for (const why of writeReports(
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
              directory: directoryBelow(
                world.env.GITHUB_WORKSPACE ?? null,
                resolve(world.directory, options.inputs.workingDirectory.value),
                world.platform,
              ),
            });
          default:
            return renderText(report, layout);
        }
      }
    }
  }
}

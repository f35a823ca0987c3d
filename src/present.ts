import { join, resolve } from 'node:path';
import type { RunResult } from './app.ts';
import { environmentSecrets } from './domain/environment-secrets.ts';
import { createRedactor, printable } from './domain/redaction.ts';
import type { Inputs } from './inputs.ts';
import type { World } from './io/world.ts';
import { renderGithub } from './render/github.ts';
import { renderGitlab } from './render/gitlab.ts';
import { renderJson } from './render/json.ts';
import { renderText } from './render/text.ts';
import { renderInputProblem, renderUsageError } from './render/usage.ts';

/** `now` are Unix seconds, for the marks of GitLab's log. */
export interface Presentation {
  inputs: Inputs;
  color: boolean;
  complaintColor: boolean;
  width: number;
  program: string;
  verbose: boolean;
  now: number;
}

/** What a run prints, where, and its exit code (2 for everything that kept it from a report). Writes the reports that were asked for. */
export function presentReport(
  world: World,
  result: RunResult,
  options: Presentation,
): { exitCode: number; output: string; complaint: string } {
  switch (result.kind) {
    case 'usage':
      return {
        exitCode: 2,
        output: '',
        complaint: renderUsageError(result, { color: options.complaintColor, program: options.program }),
      };
    case 'unreadable':
      return {
        exitCode: 2,
        output: '',
        complaint: createRedactor(environmentSecrets(world.env))(
          renderInputProblem(result.problem, { color: options.complaintColor }),
        ),
      };
    case 'not-written': {
      const redact = createRedactor(result.secrets);
      return {
        exitCode: 2,
        output: '',
        complaint: redact(`error: ${printable(result.path)} can not be written: ${printable(result.why)}\n`),
      };
    }
    case 'report': {
      const redact = createRedactor(result.secrets);
      const json = redact(renderJson(result.report));
      const complaints = result.notices.map((notice) => `note: ${printable(notice)}\n`);
      const folder = options.inputs.reportDir.value;
      if (folder !== null && folder !== 'none') {
        const path = join(resolve(world.directory, folder), 'report.json');
        const reading = world.files.read(path);
        const write = world.writeLasting({
          path,
          before: reading.kind === 'text' ? reading.text : null,
          after: json,
          mode: 0o644,
        });
        if (write.kind === 'failed')
          complaints.push(`note: ${printable(path)} can not be written: ${printable(write.why)}\n`);
      }
      const { report } = result;
      return {
        exitCode: report.exitCode,
        output: format() === 'json' ? json : redact(text()),
        complaint: redact(complaints.join('')),
      };

      function format() {
        if (options.inputs.format.value !== null) return options.inputs.format.value;
        const { provider } = report.environment;
        return provider === 'generic' ? 'text' : provider;
      }
      function text(): string {
        const { color, width, program, verbose } = options;
        switch (format()) {
          case 'gitlab':
            return renderGitlab(report, { color, width, program, verbose, seconds: options.now });
          case 'github':
            return renderGithub(report, { color, width, program, verbose });
          default:
            return renderText(report, { color, width, program, verbose });
        }
      }
    }
  }
}

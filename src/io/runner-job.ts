import { appendFileSync, statSync } from 'node:fs';
import { exportToGitHub } from './export-variables.ts';
import { systemCode } from './files.ts';

/**
 * What a step can tell the runner of its job, by the files that the runner names. Each gives the reason when that fails, `null` when it worked;
 * nothing throws.
 */
export interface RunnerJob {
  /** Values for the `post` phase of the same step, where they are `STATE_<name>`. */
  saveState(values: Readonly<Record<string, string>>): string | null;
  setOutputs(values: Readonly<Record<string, string>>): string | null;
  /** Variables for the later steps. */
  exportVariables(values: Readonly<Record<string, string>>): string | null;
  /** Adds Markdown, at most `limit` bytes of it, to the page of the run. `write` gets the bytes that are left. */
  addSummary(limit: number, write: (left: number) => string): string | null;
}

/** The job of GitHub's runner whose variables these are. */
export function createRunnerJob(env: Readonly<Record<string, string | undefined>>): RunnerJob {
  const append = (variable: string, values: Readonly<Record<string, string>>) => {
    const file = env[variable];
    if (!file) return `${variable} is not set`;
    return Object.keys(values).length === 0 ? null : exportToGitHub(file, values);
  };
  return {
    saveState: (values) => append('GITHUB_STATE', values),
    setOutputs: (values) => append('GITHUB_OUTPUT', values),
    exportVariables: (values) => append('GITHUB_ENV', values),
    addSummary(limit, write) {
      const file = env.GITHUB_STEP_SUMMARY;
      if (!file) return 'GITHUB_STEP_SUMMARY is not set';
      try {
        const used = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
        appendFileSync(file, write(Math.max(0, limit - used)));
        return null;
      } catch (error) {
        return systemCode(error);
      }
    },
  };
}

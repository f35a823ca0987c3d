import { join } from 'node:path';
import type { Inputs } from '../inputs.ts';

/** The inputs with a folder for the reports below the runner's temporary one, where the workflow names none. `name` keeps uses in a job apart. */
export function withReportFolder(
  inputs: Inputs,
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): Inputs {
  if (inputs.reportDir.value !== null || !env.RUNNER_TEMP) return inputs;
  const value = join(env.RUNNER_TEMP, 'npmrc-preflight-report', name);
  return { ...inputs, reportDir: { value, source: { kind: 'env', name: 'RUNNER_TEMP' } } };
}

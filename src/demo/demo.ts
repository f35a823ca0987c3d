import { nearest } from '../domain/nearest.ts';
import { type Inputs, readInputs } from '../inputs.ts';
import type { World } from '../io/world.ts';
import { presentReport } from '../present.ts';
import { renderUsageError } from '../render/usage.ts';
import { type Embedded, playScenario } from './play-scenario.ts';
import type { Scenario } from './scenario.ts';

/** How `demo` prints. `inputs` are the user's: `fail-on`, `format` and `report-dir` count. `lasting` is where reports are written, if any are asked for. */
export interface DemoOptions {
  lasting: Pick<World, 'directory' | 'writeLasting' | 'removeLasting'>;
  version: string;
  color: boolean;
  complaintColor: boolean;
  width: number;
  program: string;
  inputs: Inputs;
  verbose: boolean;
}

/** Plays a scenario and prints its report; without a name the list of scenarios and the one of the README. */
export async function demo(
  name: string | null,
  { scenarios, startGitLab, startGitHub }: Embedded,
  options: DemoOptions,
): Promise<{ exitCode: number; output: string; complaint: string }> {
  const scenario = name === null ? scenarios[0] : scenarios.find((one) => one.name === name);
  if (!scenario) {
    const names = scenarios.map((one) => one.name);
    const near = nearest(name ?? '', names);
    const hint = near === null ? `the scenarios are ${names.join(', ')}` : `did you mean ${near}?`;
    const complaint = renderUsageError(
      { kind: 'usage', message: 'there is no such scenario', hint },
      { color: options.complaintColor, program: options.program },
    );
    return { exitCode: 2, output: '', complaint };
  }
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind === 'usage') throw new Error(reading.message);
  const inputs = { ...reading.inputs, failOn: options.inputs.failOn };
  const { result, world } = await playScenario(scenario, {
    version: options.version,
    inputs,
    startGitLab,
    startGitHub,
  });
  const format =
    options.inputs.format.value === null
      ? { value: 'text' as const, source: options.inputs.format.source }
      : options.inputs.format;
  const { reportDir } = options.inputs;
  const { CI_PROJECT_DIR: _, GITHUB_WORKSPACE: __, ...env } = world.env;
  const place = reportDir.value === null ? world : { ...world, ...options.lasting, env };
  const ending = await presentReport(place, result, {
    ...options,
    inputs: { ...inputs, format, reportDir },
    now: 0,
  });
  const json = format.value === 'json';
  return {
    ...ending,
    output: json
      ? ending.output
      : `${name === null ? list(scenarios, options.program) : ''}${heading(scenario)}${ending.output}`,
  };
}

function list(scenarios: readonly Scenario[], program: string): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(({ name, story }) => `  ${name.padEnd(width)}  ${story}\n`);
  return `scenarios (${program} demo SCENARIO):\n${lines.join('')}\n`;
}

function heading({ name, story, command, files }: Scenario): string {
  const rc = files['.npmrc'];
  return `${name}: ${story}\n$ npmrc-preflight ${command}${
    rc
      ? `\n${rc
          .trimEnd()
          .split('\n')
          .map((line) => `  .npmrc | ${line}`)
          .join('\n')}`
      : ''
  }\n\n`;
}

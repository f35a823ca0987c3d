import { join, resolve } from 'node:path';
import { preflight, type RunResult } from '../app.ts';
import { inputsOfRefused, readCommandLine } from '../command-line.ts';
import { isActionToken } from '../domain/action-token.ts';
import { Secret } from '../domain/secret.ts';
import type { Inputs } from '../inputs.ts';
import { realWorld } from '../io/real-world.ts';
import type { RunnerJob } from '../io/runner-job.ts';
import type { World } from '../io/world.ts';
import { presentReport } from '../present.ts';
import { presentSummary, summaryLimit } from '../present-summary.ts';
import { logText } from '../render/printable-report.ts';
import { writtenFilesVariable } from '../steps/gather.ts';
import { exportedTokens, missingTokensNotice } from './exported-tokens.ts';
import { holdToken } from './hold-token.ts';
import { maskCommands } from './mask-commands.ts';
import { tokensState } from './phase.ts';
import { withReportFolder } from './report-folder.ts';

/** A step of a workflow. `say` prints at once; `program` is how this program could be called again. */
export interface ActionStep {
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  directory: string;
  platform: NodeJS.Platform;
  runner: RunnerJob;
  /** An unguessable name for a folder of this step. */
  folderName: string;
  color: boolean;
  width: number;
  program: string;
  now: number;
  say(text: string): Promise<void>;
}

interface StepEnding {
  exitCode: number;
  output: string;
  complaint: string;
}

/**
 * The `main` phase: `run` with the action's inputs, then what only a workflow has: masks, variables for later steps, outputs, the summary.
 * The exit code is that of `run`; any but 0 fails the step.
 */
export async function actionMain(step: ActionStep): Promise<StepEnding> {
  const { env, say } = step;
  await say(
    maskCommands([env.INPUT_TOKEN ?? ''].filter((text) => text !== '').map((text) => new Secret(text))),
  );
  const asked = readCommandLine({ argv: [], env });
  if (asked.kind !== 'command') {
    const inputs = inputsOfRefused({ argv: [], env });
    if (inputs === null || asked.kind !== 'usage') throw new Error(`an action asked for ${asked.kind}`);
    return present(step, { env, inputs, result: asked });
  }
  const held = holdToken(env, asked.inputs);
  if (held.kind === 'usage') return present(step, { env, inputs: asked.inputs, result: held });
  await say(maskCommands(namedSecrets(held.inputs, held.env)));
  const world = realWorld({ ...step, env: held.env });
  const inputs = withReportFolder(held.inputs, world.env, step.folderName);
  const result = await preflight(world, { command: 'run', inputs, dryRun: false, offline: false });
  const unmade = result.kind === 'report' ? tellLaterSteps(step, world, inputs, result) : [];
  const shown: RunResult =
    result.kind !== 'report'
      ? result
      : {
          ...result,
          notices: [
            ...asked.notices,
            ...result.notices,
            ...unmade,
            ...(held.stranger && result.needs.every(({ variable }) => variable !== held.variable)
              ? ['token was given, and no line of registries takes it: name its registry there, @scope=URL']
              : []),
          ],
        };
  return present(step, { env: held.env, inputs, result: shown });
}

/** Says on every channel of a workflow how a run ended. `inputs` are those of the run, or those that a refusal left. */
async function present(
  step: ActionStep,
  { env, inputs: given, result }: { env: World['env']; inputs: Inputs; result: RunResult },
): Promise<StepEnding> {
  const { runner } = step;
  const world = realWorld({ ...step, env });
  const inputs = withReportFolder(given, env, step.folderName);
  const page = pageOf(env);
  const ending = await presentReport(world, result, {
    inputs,
    color: step.color,
    complaintColor: false,
    width: step.width,
    program: step.program,
    help: false,
    verbose: false,
    now: step.now,
    page,
  });
  const untold = [
    ...tell(runner.setOutputs(outputsOf(world, inputs, result)), 'outputs'),
    ...tell(
      runner.addSummary(summaryLimit, (limit) =>
        presentSummary(world, result, { limit, ...(page ? { page } : {}), heading: headingOf(inputs) }),
      ),
      'summary',
    ),
  ];
  return { ...ending, complaint: [ending.complaint, ...untold].join('') };
}

/** The credentials that the inputs name by a variable. */
function namedSecrets(inputs: Inputs, env: World['env']): readonly Secret[] {
  const lines = inputs.registries.value === 'auto' ? [] : inputs.registries.value;
  const names = [
    inputs.tokenEnv.value,
    inputs.apiTokenEnv.value,
    ...lines.map(({ tokenVariable }) => tokenVariable),
  ];
  return names.flatMap((name) => {
    const value = name === null ? undefined : env[name];
    return value ? [new Secret(value)] : [];
  });
}

/** Gives later steps the variables they need; lines for the log about what they must be given otherwise. */
function tellLaterSteps(
  { runner, env }: ActionStep,
  world: World,
  inputs: Inputs,
  { report, needs }: Extract<RunResult, { kind: 'report' }>,
): readonly string[] {
  const written = report.files.filter(({ action }) => action !== 'would-write').map(({ path }) => path);
  const earlier = (env[writtenFilesVariable] ?? '').split('\n').filter((path) => path !== '');
  const { variables, missing } = exportedTokens(needs, world.env, { allowed: inputs.exportToken.value });
  const own = Object.keys(variables).filter(isActionToken);
  const named = Object.entries(env).filter(
    ([name, value]) => /^p?npm_config_userconfig$/i.test(name) && value && written.includes(resolve(value)),
  );
  const failures = [
    ...tell(
      runner.exportVariables({
        ...Object.fromEntries(named.map(([name, value]) => [name, value ?? ''])),
        ...(written.length === 0
          ? {}
          : { [writtenFilesVariable]: [...new Set([...earlier, ...written])].join('\n') }),
        ...variables,
      }),
      'variables for later steps',
    ),
    ...tell(own.length === 0 ? null : runner.saveState({ [tokensState]: own.join(' ') }), 'state'),
  ];
  const notice = missingTokensNotice(missing);
  return [...failures.map((line) => line.replace(/^note: |\n$/g, '')), ...(notice === null ? [] : [notice])];
}

function tell(failure: string | null, what: string): readonly string[] {
  return failure === null ? [] : [`note: ${what} could not be told to the runner: ${logText(failure)}\n`];
}

/** Only texts that are harmless in a script: a verdict, codes, and paths of the runner's own folders. */
function outputsOf(world: World, inputs: Inputs, result: RunResult): Readonly<Record<string, string>> {
  if (result.kind !== 'report') return { verdict: 'error', findings: '' };
  const { report } = result;
  const folder = inputs.reportDir.value;
  const file =
    folder === null || folder === 'none' ? null : join(resolve(world.directory, folder), 'report.json');
  const [written] = report.files;
  return {
    verdict: report.verdict,
    findings: [...new Set(report.findings.map(({ code }) => code))].join(','),
    report: file !== null && world.files.read(file).kind === 'text' ? file : '',
    userconfig: report.exports.NPM_CONFIG_USERCONFIG ?? written?.path ?? earlierFile(world.env) ?? '',
  };
}

/** The file that an earlier use in this job wrote, where later steps read it. */
function earlierFile(env: World['env']): string | undefined {
  const named = env.NPM_CONFIG_USERCONFIG;
  return named && (env[writtenFilesVariable] ?? '').split('\n').includes(named) ? named : undefined;
}

/** Where this very version of the action has its pages; nobody knows for an action from the workflow's own checkout. */
function pageOf(env: World['env']): ((code: string) => string) | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env;
  if (!server || !/^https?:\/\/[\w.:-]+$/.test(server)) return undefined;
  if (!repository || !/^[\w.-]+\/[\w.-]+$/.test(repository) || !ref || !/^[\w./-]+$/.test(ref))
    return undefined;
  return (code) => `${server}/${repository}/blob/${ref}/docs/causes/${code}.md`;
}

function headingOf(inputs: Inputs): string {
  const folder = inputs.workingDirectory.value;
  return folder === '.' ? 'npmrc-preflight' : `npmrc-preflight in ${folder}`;
}

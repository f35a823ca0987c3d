import { randomBytes } from 'node:crypto';
import { isAbsolute, relative } from 'node:path';
import { missingTokensNotice } from './action/exported-tokens.ts';
import { actionPhase, withoutActionInputs } from './action/phase.ts';
import { preflight, type RunOptions, type RunResult } from './app.ts';
import { commands, exitCodes, flagDescriptions } from './command-line/descriptions.ts';
import { programName } from './command-line/program-name.ts';
import { type CommandLine, inputsOfRefused, readCommandLine } from './command-line.ts';
import { crashText } from './domain/crash-text.ts';
import { environmentSecrets } from './domain/environment-secrets.ts';
import { createRedactor } from './domain/redaction.ts';
import { inputDescriptions } from './inputs.ts';
import { readBeside } from './io/beside-bundle.ts';
import { progressLine, wantsProgress } from './io/progress-line.ts';
import { realWorld } from './io/real-world.ts';
import { createRunnerJob } from './io/runner-job.ts';
import { print, terminalOf } from './io/standard-streams.ts';
import type { World } from './io/world.ts';
import { presentReport } from './present.ts';
import { printableJson } from './render/json.ts';
import { wantsColor } from './render/palette.ts';
import { renderHelp, renderInputProblem, renderUsageError } from './render/usage.ts';
import { renderWhich } from './render/which.ts';
import { workflowCommand } from './render/workflow-command.ts';

declare const VERSION: string;

/** What a command printed and how it ended. */
interface Ending {
  exitCode: number;
  output: string;
  complaint: string;
}

type Asked = Extract<CommandLine, { kind: 'command' }>;

const program = programName(process.argv[1], belowHere(process.argv[1]));
const phase = actionPhase({ program: process.argv[1], args: process.argv.slice(2), env: process.env });

/** A path below the current folder, from there and with `/`; `null` for one elsewhere. */
function belowHere(path: string | undefined): string | null {
  const way = path === undefined ? '..' : relative(process.cwd(), path);
  return /^\.\.(?:[\\/]|$)/.test(way) || isAbsolute(way) ? null : way.replaceAll('\\', '/');
}

/**
 * Picks the command and runs it. The only reader of the process's arguments and environment.
 */
async function main(): Promise<Ending> {
  const argv = process.argv.slice(2);
  if (phase !== null) return actionStep(phase);
  const env = withoutActionInputs(process.env);
  const asked = readCommandLine({ argv, env });
  if (asked.kind === 'version') return said(`${VERSION}\n`);
  const noColor = asked.kind === 'command' && asked.flags.noColor;
  const terminal = terminalOf('stdout');
  const width = terminal?.columns || 120;
  const color = wantsColor({ noColor, terminal: terminal !== null, env });
  const complaintColor = color && terminalOf('stderr') !== null;
  if (asked.kind === 'usage') {
    const inputs = inputsOfRefused({ argv, env });
    if (inputs === null) return complained(renderUsageError(asked, { color: complaintColor, program }));
    const presentation = { inputs, color, width, program, verbose: false, complaintColor, now: 0 };
    return withJobPage(await presentReport(thisWorld(), asked, presentation), asked, 'run');
  }
  if (asked.kind === 'help') {
    const source = { commands, inputs: inputDescriptions, flags: flagDescriptions, exitCodes };
    return said(renderHelp(source, { command: asked.command, color, program }));
  }
  const ending = await carryOut(asked, { color, complaintColor, width });
  return {
    ...ending,
    complaint: [...asked.notices.map((notice) => `note: ${notice}\n`), ending.complaint].join(''),
  };
}

/** A step that `uses` the action. */
async function actionStep(of: 'main' | 'post'): Promise<Ending> {
  const { env, platform } = process;
  const step = { version: VERSION, env, directory: process.cwd(), platform, runner: createRunnerJob(env) };
  if (of === 'post') return (await import('./action/action-post.ts')).actionPost(step);
  const { actionMain } = await import('./action/action-main.ts');
  return actionMain({
    ...step,
    folderName: randomBytes(6).toString('hex'),
    color: wantsColor({ noColor: false, terminal: false, env }),
    width: 120,
    program: `node ${process.argv[1] ?? 'dist/index.js'}`,
    now: Math.floor(Date.now() / 1000),
    say: (text) => print('stdout', text),
  });
}

function thisWorld(): World {
  const { env, platform } = process;
  return realWorld({ version: VERSION, env, directory: process.cwd(), platform });
}

interface Screen {
  color: boolean;
  complaintColor: boolean;
  width: number;
}

async function carryOut(asked: Asked, { color, complaintColor, width }: Screen): Promise<Ending> {
  const { command, argument, flags, inputs } = asked;
  const wrongUsage = (message: string, hint: string | null) =>
    complained(renderUsageError({ kind: 'usage', message, hint }, { color: complaintColor, program }));
  if (command === 'explain') {
    const { explain, likelyCause } = await import('./commands/explain.ts');
    const text = explain(argument, readBeside('cause-pages.json'), { color, width, program });
    return text === null
      ? wrongUsage(
          `there is no ${/^(?:NP\d{1,6}|[a-z-]{1,40})$/.test(argument ?? '') ? `cause ${argument}` : 'such cause'}`,
          likelyCause(argument ?? '') ?? 'explain without a code lists all of them',
        )
      : said(text);
  }
  if (command === 'completion') {
    const { completion } = await import('./commands/completion.ts');
    const text = completion(argument, { commands, inputs: inputDescriptions, flags: flagDescriptions });
    return text === null
      ? wrongUsage('there is no completion for this shell', 'bash, zsh and fish have one')
      : said(text);
  }
  const world = thisWorld();
  if (command === 'demo') {
    const embedded = await import('./demo/embedded.ts').catch(() => null);
    if (embedded === null)
      return wrongUsage(
        'the demonstration is not here',
        'it comes with the folder dist of a checkout, and is not in the program that is one file',
      );
    const { demo } = await import('./demo/demo.ts');
    return demo(argument, embedded, {
      lasting: world,
      version: VERSION,
      color,
      complaintColor,
      width,
      program,
      inputs,
      verbose: flags.verbose,
    });
  }
  if (command === 'restore') {
    const { restoreCommand } = await import('./commands/restore.ts');
    return restoreCommand(world);
  }
  if (command === 'which') {
    const { whichCommand } = await import('./commands/which.ts');
    const result = await whichCommand(world, { packageName: argument, url: flags.url, inputs });
    if (result.kind === 'usage') return wrongUsage(result.message, result.hint);
    if (result.kind === 'unreadable') {
      const redact = createRedactor(environmentSecrets(world.env));
      return complained(redact(renderInputProblem(result.problem, { color: complaintColor })));
    }
    const json = inputs.format.value === 'json';
    return said(
      createRedactor(result.secrets)(
        json ? printableJson(result.answer) : renderWhich(result.answer, { color }),
      ),
    );
  }
  const now = Math.floor(Date.now() / 1000);
  const page = readBeside('cause-pages.json') === null ? null : undefined;
  const presentation = { inputs, color, width, program, page, verbose: flags.verbose, complaintColor, now };
  const watched = async (options: RunOptions) => {
    const json = inputs.format.value === 'json';
    const terminal = terminalOf('stderr');
    const wanted = wantsProgress({ terminal: terminal !== null, env: process.env, json });
    const { onProgress, end } = progressLine(wanted ? terminal : null);
    return preflight(world, { ...options, onProgress }).finally(end);
  };
  if (command === 'fix') {
    const check = () => watched({ command: 'verify', inputs, dryRun: false, offline: false });
    const { fixCommand } = await import('./commands/fix.ts');
    return fixCommand(world, { ...presentation, entry: flags.entry, yes: flags.yes, check });
  }
  const result = await watched({ command, inputs, dryRun: flags.dryRun, offline: flags.offline });
  return withJobPage(await presentReport(world, result, presentation), result, command);
}

/** In a `run:` step of a workflow: the summary beside the text, and what later steps must be given. */
async function withJobPage(ending: Ending, result: RunResult, command: 'run' | 'verify'): Promise<Ending> {
  const { env } = process;
  const here = result.kind === 'report' ? result.report.environment.provider === 'github' : true;
  if (!here || env.GITHUB_ACTIONS !== 'true') return ending;
  const { presentSummary, summaryLimit } = await import('./present-summary.ts');
  createRunnerJob(env).addSummary(summaryLimit, (limit) => presentSummary({ env }, result, { limit }));
  if (result.kind !== 'report' || command !== 'run') return ending;
  const notice = missingTokensNotice(result.needs.map(({ variable }) => variable));
  return notice === null ? ending : { ...ending, complaint: `${ending.complaint}note: ${notice}\n` };
}

function said(output: string): Ending {
  return { exitCode: 0, output, complaint: '' };
}

function complained(complaint: string): Ending {
  return { exitCode: 2, output: '', complaint };
}

/** Prints the ending and ends: a child process that hangs (a package manager asked for its version) must not keep the job waiting. */
async function end({ exitCode, output, complaint }: Ending): Promise<void> {
  await Promise.all([print('stdout', output), print('stderr', complaint)]);
  process.exit(exitCode);
}

/** Our own crash, in one line, with no variable that may be secret in it. */
function crashed(error: unknown): Ending {
  const line = createRedactor(environmentSecrets(process.env))(crashText(error)).replace(/\s+/g, ' ');
  const complaint = `error[NP901]: npmrc-preflight itself failed: ${line}\n`;
  // a job is not to fail for what could not be tidied up after it
  if (phase === 'post') return { exitCode: 0, output: '', complaint };
  if (phase === 'main') createRunnerJob(process.env).setOutputs({ verdict: 'error', findings: '' });
  const annotation =
    process.env.GITHUB_ACTIONS === 'true'
      ? `${workflowCommand('error', `npmrc-preflight itself failed: ${line}`, { title: 'NP901' })}\n`
      : '';
  return { exitCode: 1, output: '', complaint: `${complaint}${annotation}` };
}

if (phase === 'post') process.on('uncaughtException', (error) => void end(crashed(error)));
main().then(end, (error: unknown) => end(crashed(error)));

import type { CommandLine } from './command-line.ts';
import type { Embedded } from './demo/play-scenario.ts';
import { createRedactor } from './domain/redaction.ts';
import { Secret } from './domain/secret.ts';
import { loadBeside, readBeside } from './io/beside-bundle.ts';
import { wantsColor } from './render/palette.ts';

declare const VERSION: string;

/** What a command printed and how it ended. */
interface Ending {
  exitCode: number;
  output: string;
  complaint: string;
}

type Asked = Extract<CommandLine, { kind: 'command' }>;

const program = 'node dist/index.js';

/**
 * Picks the command and runs it. The only reader of the process's arguments and environment. What a command does not need is not
 * loaded: starting is part of every job.
 */
async function main(): Promise<Ending> {
  const { env } = process;
  const { readCommandLine } = await import('./command-line.ts');
  const asked = readCommandLine({ argv: process.argv.slice(2), env });
  if (asked.kind === 'version') return said(`${VERSION}\n`);
  const noColor = asked.kind === 'command' && asked.flags.noColor;
  const color = wantsColor({ noColor, terminal: process.stdout.isTTY === true, env });
  const complaintColor = color && process.stderr.isTTY === true;
  const usage = await import('./render/usage.ts');
  if (asked.kind === 'usage') {
    return complained(usage.renderUsageError(asked, { color: complaintColor, program }));
  }
  if (asked.kind === 'help') {
    const { commands, exitCodes, flagDescriptions } = await import('./command-line/descriptions.ts');
    const { inputDescriptions } = await import('./inputs.ts');
    const source = { commands, inputs: inputDescriptions, flags: flagDescriptions, exitCodes };
    return said(usage.renderHelp(source, { command: asked.command, color, program }));
  }
  const ending = await carryOut(asked, { color, complaintColor, width: process.stdout.columns ?? 120 });
  return {
    ...ending,
    complaint: [...asked.notices.map((notice) => `note: ${notice}\n`), ending.complaint].join(''),
  };
}

interface Screen {
  color: boolean;
  complaintColor: boolean;
  width: number;
}

async function carryOut(asked: Asked, { color, complaintColor, width }: Screen): Promise<Ending> {
  const { command, argument, flags, inputs } = asked;
  const { renderInputProblem, renderUsageError } = await import('./render/usage.ts');
  const wrongUsage = (message: string, hint: string | null) =>
    complained(renderUsageError({ kind: 'usage', message, hint }, { color: complaintColor, program }));
  if (command === 'fix') return wrongUsage('the command fix is not in this version', null);
  if (command === 'explain') {
    const { explain } = await import('./commands/explain.ts');
    const text = explain(argument, readBeside('cause-pages.json'), { color, width, program });
    return text === null
      ? wrongUsage(`there is no cause ${argument ?? ''}`, 'explain without a code lists all of them')
      : said(text);
  }
  if (command === 'demo') {
    const embedded = loadBeside('demo.js') as Embedded | null;
    if (embedded === null)
      return wrongUsage(
        'the demonstration is not here',
        'it needs demo.js beside the program, as in a checkout',
      );
    const { demo } = await import('./demo/demo.ts');
    return demo(argument, embedded, {
      version: VERSION,
      color,
      width,
      program,
      inputs,
      verbose: flags.verbose,
    });
  }
  const { realWorld } = await import('./io/real-world.ts');
  const world = realWorld({
    version: VERSION,
    env: process.env,
    directory: process.cwd(),
    platform: process.platform,
  });
  if (command === 'restore') {
    const { restoreCommand } = await import('./commands/restore.ts');
    return restoreCommand(world);
  }
  if (command === 'which') {
    const { whichCommand } = await import('./commands/which.ts');
    const result = await whichCommand(world, { packageName: argument, url: flags.url, inputs });
    if (result.kind === 'usage') return wrongUsage(result.message, result.hint);
    if (result.kind === 'unreadable') {
      return complained(renderInputProblem(result.problem, { color: complaintColor }));
    }
    const { printableJson } = await import('./render/json.ts');
    const { renderWhich } = await import('./render/which.ts');
    const json = inputs.format.value === 'json';
    return said(
      createRedactor(result.secrets)(
        json ? printableJson(result.answer) : renderWhich(result.answer, { color }),
      ),
    );
  }
  const { preflight } = await import('./app.ts');
  const { presentReport } = await import('./present.ts');
  const result = await preflight(world, { command, inputs, dryRun: flags.dryRun, offline: flags.offline });
  const now = Math.floor(Date.now() / 1000);
  return presentReport(world, result, {
    inputs,
    color,
    width,
    program,
    verbose: flags.verbose,
    complaintColor,
    now,
  });
}

function said(output: string): Ending {
  return { exitCode: 0, output, complaint: '' };
}

function complained(complaint: string): Ending {
  return { exitCode: 2, output: '', complaint };
}

/** Prints all of it before the process ends, also into a pipe. A reader that left early is no error. */
async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return;
  stream.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    stream.write(text, () => resolve());
  });
}

/** Prints the ending and ends: a child process that hangs (a package manager asked for its version) must not keep the job waiting. */
async function end({ exitCode, output, complaint }: Ending): Promise<void> {
  await Promise.all([print(process.stdout, output), print(process.stderr, complaint)]);
  process.exit(exitCode);
}

/** Our own crash, in one line, with no variable that may be secret in it. */
function crashed(error: unknown): Ending {
  const secrets = Object.entries(process.env).flatMap(([name, value]) =>
    value && /token|secret|password|key|auth/i.test(name) ? [new Secret(value)] : [],
  );
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
  const line = createRedactor(secrets)(text).replace(/\s+/g, ' ');
  return { exitCode: 1, output: '', complaint: `error[NP901]: npmrc-preflight itself failed: ${line}\n` };
}

main().then(end, (error: unknown) => end(crashed(error)));

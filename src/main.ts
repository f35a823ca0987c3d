import { preflight } from './app.ts';
import { commands, exitCodes, flagDescriptions } from './command-line/descriptions.ts';
import { readCommandLine } from './command-line.ts';
import { explain } from './commands/explain.ts';
import { restoreCommand } from './commands/restore.ts';
import { whichCommand } from './commands/which.ts';
import { createRedactor } from './domain/redaction.ts';
import { Secret } from './domain/secret.ts';
import { inputDescriptions } from './inputs.ts';
import { realWorld } from './io/real-world.ts';
import { presentReport } from './present.ts';
import { printableJson } from './render/json.ts';
import { wantsColor } from './render/palette.ts';
import { renderHelp, renderInputProblem, renderUsageError } from './render/usage.ts';
import { renderWhich } from './render/which.ts';

declare const VERSION: string;

/** What a command printed and how it ended. */
interface Ending {
  exitCode: number;
  output: string;
  complaint: string;
}

const program = 'node dist/index.js';

/** Picks the command and runs it. The only reader of the process's arguments and environment. */
async function main(): Promise<Ending> {
  const { env } = process;
  const asked = readCommandLine({ argv: process.argv.slice(2), env });
  if (asked.kind === 'version') return said(`${VERSION}\n`);
  const color = wantsColor({
    noColor: asked.kind === 'command' && asked.flags.noColor,
    terminal: process.stdout.isTTY === true,
    env,
  });
  const complaintColor = color && process.stderr.isTTY === true;
  if (asked.kind === 'help') {
    const source = { commands, inputs: inputDescriptions, flags: flagDescriptions, exitCodes };
    return said(renderHelp(source, { command: asked.command, color, program }));
  }
  if (asked.kind === 'usage') return complained(renderUsageError(asked, { color: complaintColor, program }));

  const { command, argument, flags, inputs, notices } = asked;
  const width = process.stdout.columns ?? 120;
  const world = realWorld({ version: VERSION, env, directory: process.cwd(), platform: process.platform });
  switch (command) {
    case 'explain': {
      const text = explain(argument, { color, width, program });
      return text === null
        ? complained(
            renderUsageError(
              {
                kind: 'usage',
                message: `there is no cause ${argument ?? ''}`,
                hint: 'explain without a code lists all of them',
              },
              { color: complaintColor, program },
            ),
          )
        : said(text);
    }
    case 'restore':
      return restoreCommand(world);
    case 'which': {
      const result = await whichCommand(world, { packageName: argument, url: flags.url, inputs });
      if (result.kind === 'usage')
        return complained(renderUsageError(result, { color: complaintColor, program }));
      if (result.kind === 'unreadable')
        return complained(renderInputProblem(result.problem, { color: complaintColor }));
      const redact = createRedactor(result.secrets);
      return said(
        redact(
          inputs.format.value === 'json'
            ? printableJson(result.answer)
            : renderWhich(result.answer, { color }),
        ),
      );
    }
    case 'demo': {
      const { demo } = await import('./demo/demo.ts');
      return demo(argument, { version: VERSION, color, width, program, inputs, verbose: flags.verbose });
    }
    case 'fix':
      return complained(
        renderUsageError(
          { kind: 'usage', message: 'the command fix is not in this version', hint: null },
          { color: complaintColor, program },
        ),
      );
    case 'run':
    case 'verify': {
      const result = await preflight(world, {
        command,
        inputs,
        dryRun: flags.dryRun,
        offline: flags.offline,
      });
      const now = Math.floor(Date.now() / 1000);
      const ending = presentReport(world, result, {
        inputs,
        color,
        width,
        program,
        verbose: flags.verbose,
        complaintColor,
        now,
      });
      return {
        ...ending,
        complaint: [...notices.map((notice) => `note: ${notice}\n`), ending.complaint].join(''),
      };
    }
  }
}

function said(output: string): Ending {
  return { exitCode: 0, output, complaint: '' };
}

function complained(complaint: string): Ending {
  return { exitCode: 2, output: '', complaint };
}

/** Prints all of it before the process ends, also into a pipe. */
async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve) => {
    stream.write(text, () => resolve());
  });
}

main().then(
  async ({ exitCode, output, complaint }) => {
    process.exitCode = exitCode;
    process.stdout.on('error', () => undefined);
    await Promise.all([print(process.stdout, output), print(process.stderr, complaint)]);
  },
  (error: unknown) => {
    process.exitCode = 1;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
    const secrets = Object.entries(process.env).flatMap(([name, value]) =>
      value && /token|secret|password|key|auth/i.test(name) ? [new Secret(value)] : [],
    );
    const redact = createRedactor(secrets);
    process.stderr.write(`error[NP901]: npmrc-preflight itself failed: ${redact(text)}\n`);
  },
);

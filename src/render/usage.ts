import type { InputProblem } from '../domain/project.ts';
import type {
  CommandDescription,
  CommandName,
  ExitCodeDescription,
  FlagDescription,
  InputDescription,
  UsageError,
} from '../domain/usage.ts';
import { palette } from './palette.ts';
import { logText } from './printable-report.ts';

/** What the help is made of. */
export interface HelpSource {
  commands: readonly CommandDescription[];
  inputs: readonly InputDescription[];
  flags: readonly FlagDescription[];
  exitCodes: readonly ExitCodeDescription[];
}

/**
 * The help: of the whole program (at most 24 lines of 80 characters), or with `command` of one command with all of its options.
 * `program` is how it is called. Ends with a line end.
 */
export function renderHelp(
  source: HelpSource,
  options: { command: CommandName | null; color: boolean; program?: string },
): string {
  const program = options.program ?? 'node dist/index.js';
  const command = source.commands.find(({ name }) => name === options.command);
  const lines = command ? commandHelp(source, command, program) : programHelp(source, program);
  const paint = palette(options.color);
  return `${lines.map((line) => (/^\S.*:$/.test(line) ? paint.strong(line) : line)).join('\n')}\n`;
}

/** Names all inputs and explains none, so that it fits a terminal of 24 lines. */
function programHelp({ commands, inputs, flags, exitCodes }: HelpSource, program: string): readonly string[] {
  const main = (names: readonly CommandName[]) => names.includes('run') || names.includes('verify');
  const named = inputs.filter(({ only, commands: of }) => only === null && main(of));
  return [
    `Usage: ${program} [command] [options]`,
    'Commands:',
    ...columns(commands.map(({ name, argument, summary }) => [`${name} ${argument ?? ''}`, summary])),
    'Inputs (COMMAND --help explains them; also NPMRC_PREFLIGHT_<NAME>):',
    ...folded(named.map(({ name }) => `--${name}`).join(' '), 78).map((line) => `  ${line}`),
    'Options:',
    ...columns(flags.filter(({ commands: of }) => main(of)).map(flagRow)),
    ...folded(
      `Exit codes: ${exitCodes.map(({ code, meaning }) => `${code} ${shortMeaning(meaning)}`).join(', ')}`,
      80,
    ),
  ];
}

function commandHelp(source: HelpSource, command: CommandDescription, program: string): readonly string[] {
  const { name, argument, meaning } = command;
  const inputs = source.inputs.filter(({ only, commands }) => only === null && commands.includes(name));
  const flags = source.flags.filter(({ commands }) => commands.includes(name));
  return [
    `Usage: ${program} ${[name, argument].filter(Boolean).join(' ')} [options]`,
    ...folded(meaning, 80),
    ...(inputs.length === 0
      ? []
      : ['Inputs (also NPMRC_PREFLIGHT_<NAME>; default in brackets):', ...columns(inputs.map(inputRow))]),
    'Options:',
    ...columns(flags.map(flagRow)),
  ];
}

function inputRow({
  name,
  placeholder,
  allowed,
  type,
  summary,
  defaultText,
}: InputDescription): readonly [string, string] {
  const value = placeholder === null ? '' : ` ${type === 'choice' ? 'WORD' : placeholder}`;
  const words = type === 'choice' && allowed !== null ? `: ${allowed.join('|')}` : '';
  return [`--${name}${value}`, `${summary}${words} [${defaultText}]`];
}

function flagRow({ name, short, placeholder, summary }: FlagDescription): readonly [string, string] {
  return [
    `${short === null ? '' : `-${short}, `}--${name}${placeholder === null ? '' : ` ${placeholder}`}`,
    summary,
  ];
}

/** Two columns; the first as wide as its longest cell. */
function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.trimEnd().length));
  return rows.map(([left, right]) => `  ${left.trimEnd().padEnd(width)}  ${right}`);
}

/** The part of a meaning before its explanation in brackets, without Markdown. */
function shortMeaning(meaning: string): string {
  return meaning.replace(/ \(.*\)$/, '').replaceAll('`', '');
}

function folded(text: string, width: number): readonly string[] {
  return text
    .replace(new RegExp(`(.{1,${width}})(?:\\s+|$)`, 'g'), '$1\n')
    .trimEnd()
    .split('\n');
}

/** A usage error for standard error: what is wrong, what to do, where the help is. Ends with a line end. */
export function renderUsageError(
  error: UsageError,
  options: { color: boolean; program?: string; help?: boolean },
): string {
  const paint = palette(options.color);
  const program = options.program ?? 'node dist/index.js';
  return `${[
    `${paint.error('error')}: ${logText(error.message)}`,
    ...(error.hint === null ? [] : [`  ${paint.good('help:')} ${logText(error.hint)}`]),
    ...(options.help === false ? [] : [`  ${paint.mark('=')} all options: ${program} --help`]),
  ].join('\n')}\n`;
}

/** A project file that can not be used, in the form of a finding without a code. Ends with a line end. */
export function renderInputProblem(problem: InputProblem, options: { color: boolean }): string {
  const paint = palette(options.color);
  const { file, line, column, message, hint } = problem;
  return `${[
    `${paint.error('error')}: ${paint.strong(logText(message))}`,
    `  ${paint.mark('-->')} ${logText(file)}:${line}:${column}`,
    ...(hint === null ? [] : [`  ${paint.good('help:')} ${logText(hint)}`]),
  ].join('\n')}\n`;
}

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../domain/nearest.ts';
import type { CommandName, UsageError } from '../domain/usage.ts';
import { looksSecret, type Variables } from '../inputs/shown-value.ts';
import { inputDescriptions } from '../inputs.ts';
import { commands, flagDescriptions } from './descriptions.ts';

/** An option as written. `value` is `null` when none was given with it. */
export interface GivenOption {
  name: string;
  rawName: string;
  value: string | null;
  inline: boolean;
}

interface KnownOption {
  name: string;
  placeholder: string | null;
  commands: readonly CommandName[];
}

const known: readonly KnownOption[] = [
  ...inputDescriptions.filter(({ only }) => only === null),
  ...flagDescriptions,
];

/** Splits a command line into words and options, by Node's own rules; whether an option exists is not looked at. */
export function tokenize(argv: readonly string[]): {
  words: readonly string[];
  given: readonly GivenOption[];
} {
  if (argv.every((word) => !word.startsWith('-'))) return { words: argv, given: [] };
  const types: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    known.map(({ name, placeholder }) => [
      name,
      { type: placeholder === null ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: types,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const given: GivenOption[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind === 'option') {
      given.push({
        name: token.name,
        rawName: token.rawName,
        value: token.value ?? null,
        inline: token.inlineValue === true,
      });
    }
  }
  return { words, given };
}

/** An option that does not exist says more of a mistake than the words beside it, so it is looked for first. */
export function unknownOption(
  { name, rawName }: GivenOption,
  command: CommandName,
  env: Variables,
): UsageError | null {
  if (name === 'token') {
    return usage(
      'a token is not taken on the command line, where every process can read it',
      'put it in a variable and give the NAME: --token-env NAME',
    );
  }
  if (known.some((option) => option.name === name)) return null;
  if (looksSecret(rawName, env)) return usage('unknown option (not shown, it may be a token)', null);
  const candidates = known.filter((option) => option.commands.includes(command)).map((option) => option.name);
  const near = nearest(name, candidates);
  return usage(`unknown option ${clipped(rawName)}`, near ? `did you mean --${near}?` : 'see --help');
}

/** An option that exists but does not fit the command, or lacks its value; `null` when it is right. */
export function optionError(option: GivenOption, command: CommandName): UsageError | null {
  const row = known.find(({ name }) => name === option.name);
  if (!row) return null;
  if (!row.commands.includes(command)) {
    const places = row.commands.filter((name) => commands.some((listed) => listed.name === name));
    return usage(
      `--${row.name} is not an option of ${command}`,
      places.length === 0
        ? 'it belongs to a command that this version does not have yet'
        : `it belongs to ${places.join(', ')}`,
    );
  }
  const wantsValue = row.placeholder !== null;
  const swallowedOption = !option.inline && option.value !== null && /^-./.test(option.value);
  if (wantsValue && (option.value === null || swallowedOption)) {
    return usage(`--${row.name} needs a value`, `write --${row.name} ${row.placeholder}`);
  }
  const isInput = inputDescriptions.some(({ name }) => name === row.name);
  if (!wantsValue && option.value !== null && !isInput)
    return usage(`--${row.name} takes no value`, `write --${row.name} alone`);
  return null;
}

/** A usage error. */
export function usage(message: string, hint: string | null): UsageError {
  return { kind: 'usage', message, hint };
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

import { commands } from './command-line/descriptions.ts';
import { optionError, tokenize, unknownOption, usage } from './command-line/given-options.ts';
import { nearest } from './domain/nearest.ts';
import type { CommandName, UsageError } from './domain/usage.ts';
import { readWebUrl } from './inputs/registry-lines.ts';
import { isKnownSecret, looksSecret, shownValue, type Variables } from './inputs/shown-value.ts';
import { type InputName, type Inputs, inputVariable, readInputs } from './inputs.ts';

/** What `fix` puts on an allowlist: the job's own project, or the group right above it. */
export type EntryKind = 'project' | 'group';

/** The options that are no inputs, as given. `url` is normalised, without query and fragment. */
export interface Flags {
  dryRun: boolean;
  offline: boolean;
  yes: boolean;
  entry: EntryKind;
  verbose: boolean;
  noColor: boolean;
  url: string | null;
}

/**
 * What the command line asks for. `argument` is the package of `which`, the code of `explain` (upper case; a slug in lower
 * case), the scenario of `demo`; `null` when it is not given.
 */
export type CommandLine =
  | {
      kind: 'command';
      command: CommandName;
      argument: string | null;
      flags: Flags;
      inputs: Inputs;
      notices: readonly string[];
    }
  | { kind: 'help'; command: CommandName | null }
  | { kind: 'version' }
  | UsageError;

/**
 * Reads a command line (`argv` without the program's own two words) with the inputs from options and environment.
 * Pure; nothing throws. `--help` and `--version` win over any mistake beside them. No refusal repeats a possible token.
 */
export function readCommandLine(options: { argv: readonly string[]; env: Variables }): CommandLine {
  const { argv, env } = options;
  const { words, given } = tokenize(argv);
  const helpAsked = given.some(({ name }) => name === 'help' || name === 'h');
  const [first, ...rest] = words[0] === 'help' ? words.slice(1) : words;
  const command = commands.find(({ name }) => name === first)?.name ?? null;
  if (helpAsked || words[0] === 'help') {
    return first === undefined || command ? { kind: 'help', command } : unknownCommand(first, env);
  }
  if (given.some(({ name }) => name === 'version')) return { kind: 'version' };
  const asked = command ?? 'run';
  const unknown = given.map((option) => unknownOption(option, asked, env)).find((error) => error !== null);
  if (unknown) return unknown;
  if (first !== undefined && !command) return unknownCommand(first, env);

  const args = new Map<string, string[]>();
  for (const option of given) {
    const error = optionError(option, asked);
    if (error) return error;
    args.set(option.name, [...(args.get(option.name) ?? []), option.value ?? 'true']);
  }
  const argument = readArgument(asked, rest, args.has('url'), env);
  if (argument.kind === 'usage') return argument;
  const url = readUrl(args.get('url')?.at(-1) ?? null);
  if (url.kind === 'usage') return url;
  const entry = args.get('entry')?.at(-1) ?? 'project';
  if (entry !== 'project' && entry !== 'group')
    return usage('--entry takes project or group', 'group stands for the group right above the project');
  const reading = readInputs({ args, env });
  if (reading.kind === 'usage') return reading;
  const flags: Flags = {
    dryRun: args.has('dry-run'),
    offline: args.has('offline'),
    yes: args.has('yes'),
    entry,
    verbose: args.has('verbose'),
    noColor: args.has('no-color'),
    url: url.url,
  };
  return {
    kind: 'command',
    command: asked,
    argument: argument.argument,
    flags,
    inputs: reading.inputs,
    notices: reading.notices,
  };
}

/**
 * The inputs of a call that {@link readCommandLine} refused, as far as its reports need them: each that counts for those and is right in itself, and
 * defaults for all others. `null` where the call is of a command that writes no reports.
 */
export function inputsOfRefused({ argv, env }: { argv: readonly string[]; env: Variables }): Inputs | null {
  const { words, given } = tokenize(argv);
  const command = commands.find(({ name }) => name === words[0])?.name ?? 'run';
  if (command !== 'run' && command !== 'verify') return null;
  const names: readonly InputName[] = ['report-dir', 'working-directory'];
  const alone = (wanted: readonly InputName[]) =>
    readInputs({
      args: new Map(
        wanted.flatMap((name) => {
          const values = given
            .filter((one) => one.name === name && optionError(one, command) === null)
            .flatMap(({ value }) => value ?? []);
          return values.length === 0 ? [] : [[name, values] as const];
        }),
      ),
      env: Object.fromEntries(
        wanted.flatMap((name) => {
          const upper = name.toUpperCase();
          const variables = [inputVariable(name), `INPUT_${upper}`, `INPUT_${upper.replaceAll('-', '_')}`];
          return variables.map((variable) => [variable, env[variable]] as const);
        }),
      ),
    });
  const reading = alone(names.filter((name) => alone([name]).kind === 'inputs'));
  return reading.kind === 'inputs' ? reading.inputs : null;
}

function unknownCommand(word: string, env: Variables): UsageError {
  const names = commands.map(({ name }) => name);
  const near = nearest(word, names);
  const shown = looksSecret(word, env)
    ? 'unknown command (not shown, it may be a token)'
    : `unknown command ${shownValue(word, env)}`;
  return usage(shown, near ? `did you mean ${near}?` : `the commands are ${names.join(', ')}`);
}

function readArgument(
  command: CommandName,
  words: readonly string[],
  hasUrl: boolean,
  env: Variables,
): { kind: 'argument'; argument: string | null } | UsageError {
  const [word = null, extra] = words;
  const takesOne = commands.some(({ name, argument }) => name === command && argument !== null);
  const surplus = takesOne ? extra : word;
  if (surplus !== undefined && surplus !== null) {
    return usage(
      looksSecret(surplus, env)
        ? 'unexpected argument (not shown, it may be a token)'
        : `unexpected argument ${shownValue(surplus, env)}`,
      takesOne
        ? `${command} takes one`
        : `${command} takes none; values belong to options, like --name value`,
    );
  }
  if (command === 'which') return packageArgument(word, hasUrl, env);
  if (command === 'completion' && word === null)
    return usage('completion needs a shell', 'completion bash, completion zsh or completion fish');
  if (command === 'explain' && word !== null) {
    return { kind: 'argument', argument: /^np\d+$/i.test(word) ? word.toUpperCase() : word.toLowerCase() };
  }
  return { kind: 'argument', argument: word };
}

function packageArgument(
  word: string | null,
  hasUrl: boolean,
  env: Variables,
): { kind: 'argument'; argument: string | null } | UsageError {
  if (word === null) {
    return hasUrl
      ? { kind: 'argument', argument: null }
      : usage('which needs a package', 'for example: which @acme/ui, or which --url URL');
  }
  if (isKnownSecret(word, env))
    return usage('unexpected argument (not shown, it may be a token)', 'a name looks like @acme/ui');
  if (/^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(word) && word.length <= 214)
    return { kind: 'argument', argument: word };
  const bare = /^((?:@[\w.~-]+\/)?[\w.~-]+)@/.exec(word)?.[1];
  return usage(
    `${shownValue(word, env)} is no package name`,
    bare ? `give the name without a version: ${bare}` : 'a name looks like @acme/ui',
  );
}

function readUrl(text: string | null): { kind: 'url'; url: string | null } | UsageError {
  if (text === null) return { kind: 'url', url: null };
  const reading = readWebUrl(text);
  if (reading.kind === 'refused') return usage(`--url: ${reading.message}`, reading.hint);
  reading.value.search = '';
  reading.value.hash = '';
  return { kind: 'url', url: reading.value.href };
}

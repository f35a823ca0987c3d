import type { CommandDescription, FlagDescription, InputDescription } from '../domain/usage.ts';

/** The shells that have a completion. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** What can be completed. `words` are the arguments that a command knows, by its name. */
export interface CompletionSource {
  commands: readonly CommandDescription[];
  inputs: readonly InputDescription[];
  flags: readonly FlagDescription[];
  words: Readonly<Record<string, readonly string[]>>;
}

interface Option {
  name: string;
  short: string | null;
  summary: string;
  commands: readonly string[];
  value: 'none' | 'folder' | 'variable' | 'free' | readonly string[];
}

const program = 'npmrc-preflight';

/**
 * A script that makes a shell complete commands, options and their values, from the rows that the help is made of. To be read by the
 * shell itself; it asks nothing of this program later.
 */
export function renderCompletion(shell: Shell, source: CompletionSource): string {
  const options = optionsOf(source);
  const lines = { bash: bashLines, zsh: zshLines, fish: fishLines }[shell](source, options);
  return `${lines.join('\n')}\n`;
}

function optionsOf({ inputs, flags }: CompletionSource): readonly Option[] {
  return [
    ...inputs
      .filter(({ only }) => only === null)
      .map(({ name, summary, commands, placeholder, allowed, type }) => ({
        name,
        short: null,
        summary,
        commands,
        value:
          placeholder === null
            ? ('none' as const)
            : placeholder === 'PATH'
              ? ('folder' as const)
              : placeholder === 'NAME'
                ? ('variable' as const)
                : type === 'choice' && allowed !== null
                  ? allowed
                  : ('free' as const),
      })),
    ...flags.map(({ name, short, summary, commands, placeholder }) => ({
      name,
      short,
      summary,
      commands,
      value:
        placeholder === null
          ? ('none' as const)
          : name === 'entry'
            ? ['project', 'group']
            : ('free' as const),
    })),
  ];
}

const names = (options: readonly Option[], command: string) =>
  options.filter(({ commands }) => commands.includes(command)).map(({ name }) => `--${name}`);

/** For a `case` of bash and zsh: what follows an option that takes a value. */
function valueCases(
  options: readonly Option[],
  of: { folder: string; variable: string; words: (words: readonly string[]) => string },
): readonly string[] {
  const pattern = (kind: Option['value']) =>
    options.flatMap(({ name, value }) => (value === kind ? [`--${name}`] : [])).join('|');
  const chosen = options.flatMap(({ name, value }) =>
    typeof value === 'string' ? [] : [`    --${name}) ${of.words(value)}; return ;;`],
  );
  return [
    ...chosen,
    `    ${pattern('folder')}) ${of.folder}; return ;;`,
    `    ${pattern('variable')}) ${of.variable}; return ;;`,
    `    ${pattern('free')}) return ;;`,
  ];
}

function commandLoop(
  commands: readonly CommandDescription[],
  words: string,
  last: string,
): readonly string[] {
  const pattern = commands.map(({ name }) => name).join('|');
  return [
    `  for ((i = 1; i < ${last}; i++)); do`,
    `    case \${${words}[i]} in ${pattern}) command=\${${words}[i]}; break ;; esac`,
    '  done',
  ];
}

function bashLines({ commands, words }: CompletionSource, options: readonly Option[]): readonly string[] {
  const reply = (list: string) => `COMPREPLY=($(compgen -W '${list}' -- "$word"))`;
  return [
    `# bash completion of ${program}: source <(${program} completion bash)`,
    '_npmrc_preflight() {',
    '  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i',
    '  COMPREPLY=()',
    ...commandLoop(commands, 'COMP_WORDS', 'COMP_CWORD'),
    '  case $before in',
    ...valueCases(options, {
      folder: 'COMPREPLY=($(compgen -d -- "$word"))',
      variable: 'COMPREPLY=($(compgen -e -- "$word"))',
      words: (list) => reply(list.join(' ')),
    }),
    '  esac',
    '  case $command:$word in',
    ...commands.map(({ name }) => `    ${name}:-*) ${reply(names(options, name).join(' '))} ;;`),
    ...Object.entries(words).map(([name, list]) => `    ${name}:*) ${reply(list.join(' '))} ;;`),
    `    :-*) ${reply(names(options, 'run').join(' '))} ;;`,
    `    :*) ${reply(commands.map(({ name }) => name).join(' '))} ;;`,
    '  esac',
    '}',
    `complete -F _npmrc_preflight ${program}`,
  ];
}

function zshLines({ commands, words }: CompletionSource, options: readonly Option[]): readonly string[] {
  const described = (rows: readonly (readonly [string, string])[]) => {
    const width = Math.max(0, ...rows.map(([name]) => name.length));
    const shown = rows.map(([name, summary]) => quoted(`${name.padEnd(width)}  ${summary}`));
    return `shown=(${shown.join(' ')}); compadd -l -d shown -- ${rows.map(([name]) => name).join(' ')}`;
  };
  const rowsOf = (command: string) =>
    options
      .filter((option) => option.commands.includes(command))
      .map(({ name, summary }) => [`--${name}`, summary] as const);
  return [
    `#compdef ${program}`,
    `# zsh completion of ${program}: source <(${program} completion zsh)`,
    '_npmrc_preflight() {',
    '  local word=${words[CURRENT]} before=${words[CURRENT-1]} command= i',
    '  local -a shown',
    ...commandLoop(commands, 'words', 'CURRENT').map((line) => line.replace('i = 1', 'i = 2')),
    '  case $before in',
    ...valueCases(options, {
      folder: '_files -/',
      variable: 'compadd -- ${(k)parameters[(R)*export*]}',
      words: (list) => `compadd -- ${list.join(' ')}`,
    }),
    '  esac',
    '  case $command:$word in',
    ...commands.map(({ name }) => `    ${name}:-*) ${described(rowsOf(name))} ;;`),
    ...Object.entries(words).map(([name, list]) => `    ${name}:*) compadd -- ${list.join(' ')} ;;`),
    `    :-*) ${described(rowsOf('run'))} ;;`,
    `    :*) ${described(commands.map(({ name, summary }) => [name, summary] as const))} ;;`,
    '  esac',
    '}',
    `compdef _npmrc_preflight ${program}`,
  ];
}

function fishLines({ commands, words }: CompletionSource, options: readonly Option[]): readonly string[] {
  const complete = `complete -c ${program}`;
  const all = commands.map(({ name }) => name).join(' ');
  const value = (of: Option['value']) => {
    if (of === 'none') return '';
    if (of === 'folder') return ' -r -F';
    if (of === 'variable') return " -x -a '(set --names --export)'";
    return of === 'free' ? ' -x' : ` -x -a ${quoted(of.join(' '))}`;
  };
  return [
    `# fish completion of ${program}: ${program} completion fish | source`,
    'function __npmrc_preflight_command',
    '  for word in (commandline -opc)[2..]',
    `    if contains -- $word ${all}`,
    '      echo $word',
    '      return 0',
    '    end',
    '  end',
    '  echo none',
    'end',
    'function __npmrc_preflight_is',
    '  contains -- (__npmrc_preflight_command) $argv',
    'end',
    `${complete} -f`,
    ...commands.map(
      ({ name, summary }) => `${complete} -n '__npmrc_preflight_is none' -a ${name} -d ${quoted(summary)}`,
    ),
    ...Object.entries(words).map(
      ([name, list]) => `${complete} -n '__npmrc_preflight_is ${name}' -a ${quoted(list.join(' '))}`,
    ),
    ...options.map(
      ({ name, short, summary, commands: of, value: kind }) =>
        `${complete} -n '__npmrc_preflight_is ${of.includes('run') ? 'none ' : ''}${of.join(' ')}' -l ${name}${short === null ? '' : ` -s ${short}`}${value(kind)} -d ${quoted(summary)}`,
    ),
  ];
}

/** A word in single quotes, which all three shells read alike here: texts of this program hold no backslash. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

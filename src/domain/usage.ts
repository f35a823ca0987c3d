/** The commands of the program. */
export type CommandName = 'run' | 'verify' | 'which' | 'explain' | 'restore' | 'demo' | 'fix' | 'completion';

/**
 * The program was called wrongly (exit code 2). `message` starts in lower case and has no full stop; `hint` says what to do
 * instead. Neither ever repeats a value that may be a token.
 */
export interface UsageError {
  kind: 'usage';
  message: string;
  hint: string | null;
}

/**
 * One input as help and documents describe it. `defaultText` is for people; `default` is the same in the input's own
 * syntax, empty when the run decides. `placeholder` is the word for its value (`URL`), `null` for a flag.
 */
export interface InputDescription {
  name: string;
  type: 'text' | 'list' | 'lines' | 'number' | 'choice' | 'flag';
  default: string;
  defaultText: string;
  /** One line, no full stop. */
  summary: string;
  /** Whole sentences, in Markdown. */
  meaning: string;
  placeholder: string | null;
  /** The values of a choice, or of the elements of a list. */
  allowed: readonly string[] | null;
  unit: string | null;
  commands: readonly CommandName[];
  /** `action`: only an input of the GitHub action, no option of the command line. */
  only: 'action' | null;
  /** What action.yml gives as default, where that is not `default`. */
  actionDefault?: string;
}

/** An option of the command line that is no input. */
export interface FlagDescription {
  name: string;
  short: string | null;
  placeholder: string | null;
  summary: string;
  commands: readonly CommandName[];
}

/** `argument` is the command's own word in usage lines (`PACKAGE`, `[CODE]`), `null` when it takes none. */
export interface CommandDescription {
  name: CommandName;
  argument: string | null;
  summary: string;
  /** Whole sentences for the command's own help. */
  meaning: string;
}

export interface ExitCodeDescription {
  code: 0 | 1 | 2 | 3;
  meaning: string;
}

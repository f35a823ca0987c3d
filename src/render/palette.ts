type Paint = (text: string) => string;

/** Names for what colours mean, so that renderers never speak of codes. Each paint also ends itself. */
export interface Palette {
  error: Paint;
  warning: Paint;
  good: Paint;
  strong: Paint;
  mark: Paint;
  faint: Paint;
  added: Paint;
  removed: Paint;
}

const codes = {
  error: '1;31',
  warning: '1;33',
  good: '32',
  strong: '1',
  mark: '36',
  faint: '2',
  added: '32',
  removed: '31',
} satisfies Record<keyof Palette, string>;

/** ANSI colours, or with `color: false` the text as it is. */
export function palette(color: boolean): Palette {
  const paint =
    (name: keyof Palette): Paint =>
    (text) =>
      color && text !== '' ? `\x1b[${codes[name]}m${text}\x1b[0m` : text;
  return {
    error: paint('error'),
    warning: paint('warning'),
    good: paint('good'),
    strong: paint('strong'),
    mark: paint('mark'),
    faint: paint('faint'),
    added: paint('added'),
    removed: paint('removed'),
  };
}

/**
 * Whether to print colours: never with `--no-color` or `NO_COLOR`; with `FORCE_COLOR`, in the logs of GitLab and GitHub (which show
 * ANSI colours though they are no terminal) and on a terminal otherwise.
 */
export function wantsColor(options: {
  noColor: boolean;
  terminal: boolean;
  env: Readonly<Record<string, string | undefined>>;
}): boolean {
  const { env } = options;
  if (options.noColor || env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  if (env.GITLAB_CI === 'true' || env.GITHUB_ACTIONS === 'true') return true;
  return options.terminal && env.TERM !== 'dumb';
}

/**
 * Where a value came from: the answer to "who set this?".
 * `line` and `column` count from 1. `path` is relative to the project's directory when the file lies below it, else absolute.
 */
export type Source =
  | { kind: 'file'; path: string; line: number; column?: number; key?: string }
  | { kind: 'env'; name: string }
  | { kind: 'input'; name: string }
  | { kind: 'default'; why: string };

/** A place in a file, as reports print it (`path:line:column`). */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/** The printed form of a source: `.npmrc:2`, `NPM_CONFIG_USERCONFIG`, `--scopes`, or the reason of a default. */
export function formatSource(source: Source): string {
  switch (source.kind) {
    case 'file':
      return `${source.path}:${source.line}`;
    case 'env':
      return `environment variable ${source.name}`;
    case 'input':
      return `input ${source.name}`;
    case 'default':
      return source.why;
  }
}

/** Whether two sources name the same line of a file, variable, input or default. */
export function sameSource(a: Source, b: Source): boolean {
  return formatSource(a) === formatSource(b);
}

/** The place in a file that a source names; `null` for sources that are no file. */
export function locationOf(source: Source): Location | null {
  return source.kind === 'file' ? { file: source.path, line: source.line, column: source.column ?? 1 } : null;
}

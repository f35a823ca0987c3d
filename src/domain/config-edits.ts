import type { RegistryChoice } from './client.ts';
import type { Source } from './source.ts';

/** One line of a file and what takes its place: `after` may have several lines, `before` may end with `…` for what is not shown. */
export interface LineChange {
  line: number;
  before: string;
  after: string;
}

/** A line to change, or (`after` is `null`) to take out. */
export interface LineEdit extends Omit<LineChange, 'after'> {
  after: string | null;
}

/**
 * Where lines go that are to be added to a file: behind its last line; into one line of it; or, where no single line can be changed for them, by
 * somebody's hand below the key at `line`.
 */
export type Addition =
  | { kind: 'at-end' }
  | ({ kind: 'in-line' } & LineChange)
  | { kind: 'by-hand'; line: number };

/** How a client's files of nested settings (YAML, TOML, `.yarnrc`) are changed as they stand. Paths are those of sources. Nothing throws. */
export interface ConfigEdits {
  /** Where lines of `ConfigWriting`, or of an exception for an age, go in a file. */
  addition(file: string, lines: string): Addition;
  /**
   * The change by which the line of a registry names another one, and (where `scope` is not whom it maps now) for another scope. `null` where
   * one line can't say it, or says what must not be shown.
   */
  registry(choice: RegistryChoice, scope: string | null, to: string): LineChange | null;
  /**
   * The white space before a setting that is the whole of its line, as YAML counts it; empty in other files. `null` where the line begins with something
   * else, so that what takes the place of the setting can't take that of the line.
   */
  lead(file: string, line: number, setting: string): string | null;
  /**
   * The edit of the line of a setting by which another field stands in place of some of its own (`null`: nothing does). `null` where one line can't say
   * it, or says what must not be shown.
   */
  field(
    source: Source,
    fields: readonly string[],
    to: { name: string; text: string } | null,
  ): LineEdit | null;
}

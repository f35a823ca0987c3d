import type { InputDescription } from '../domain/usage.ts';
import type { Variables } from './shown-value.ts';

/** What became of a text given for an input. `message` completes "<input>: …" and holds no secret. */
export type Reading<T> =
  | { kind: 'value'; value: T }
  | { kind: 'refused'; message: string; hint: string | null };

/** How the text of an input is read and described. `read` gets non-empty text (trimmed, but for lines) and the job's variables. */
export interface ValueType<T> {
  type: InputDescription['type'];
  placeholder: string | null;
  allowed: readonly string[] | null;
  unit: string | null;
  read(text: string, env: Variables): Reading<T>;
}

export function value<T>(of: T): Reading<T> {
  return { kind: 'value', value: of };
}

export function refused(message: string, hint: string | null = null): Reading<never> {
  return { kind: 'refused', message, hint };
}

/** The same type where the word `auto` stands for "the run decides". */
export function orAuto<T>(of: ValueType<T>): ValueType<T | 'auto'> {
  return { ...of, read: (text, env) => (text.toLowerCase() === 'auto' ? value('auto') : of.read(text, env)) };
}

/** The same type where the word `none` is read as `null`. */
export function orNone<T>(of: ValueType<T>): ValueType<T | null> {
  return { ...of, read: (text, env) => (text.toLowerCase() === 'none' ? value(null) : of.read(text, env)) };
}

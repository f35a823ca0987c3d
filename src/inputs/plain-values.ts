import { nearest } from '../domain/nearest.ts';
import { shownValue } from './shown-value.ts';
import { type Reading, refused, type ValueType, value } from './value-type.ts';

/** A path. Only a NUL character is refused: no file system takes it. */
export const path: ValueType<string> = {
  type: 'text',
  placeholder: 'PATH',
  allowed: null,
  unit: null,
  read: (text) => (text.includes('\0') ? refused('a path holds no NUL character') : value(text)),
};

/** One of a few words. A wrong one is refused with the nearest, or with all of them. */
export function choice<const T extends string>(allowed: readonly T[]): ValueType<T> {
  return {
    type: 'choice',
    placeholder: allowed.join('|'),
    allowed,
    unit: null,
    read(text, env) {
      const found = allowed.find((word) => word === text.toLowerCase());
      return found
        ? value(found)
        : refused(`${shownValue(text, env)} is none of ${allowed.join(', ')}`, didYouMean(text, allowed));
    },
  };
}

/** Several of a few words, separated by commas or blanks; each once, in the order given. */
export function choices<const T extends string>(allowed: readonly T[]): ValueType<readonly T[]> {
  const one = choice(allowed);
  return {
    ...one,
    type: 'list',
    placeholder: 'LIST',
    read: (text, env) => eachOf(text, (word) => one.read(word, env)),
  };
}

/** `true` or `false`, also as 1/0, yes/no, on/off. */
export const flag: ValueType<boolean> = {
  type: 'flag',
  placeholder: null,
  allowed: null,
  unit: null,
  read(text, env) {
    if (/^(?:true|1|yes|on)$/i.test(text)) return value(true);
    if (/^(?:false|0|no|off)$/i.test(text)) return value(false);
    return refused(`${shownValue(text, env)} is neither true nor false`);
  },
};

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): ValueType<number> {
  return {
    type: 'number',
    placeholder: 'NUMBER',
    allowed: null,
    unit: null,
    read(text, env) {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= least && number <= most) return value(number);
      return refused(`${shownValue(text, env)} is no whole number from ${least} to ${most}`);
    },
  };
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** A time: a number of seconds, or with its unit (`500ms`, `10s`, `1m`). Read as milliseconds, 100 ms to 10 minutes. */
export const duration: ValueType<number> = {
  type: 'number',
  placeholder: 'SECONDS',
  allowed: null,
  unit: 'seconds',
  read(text, env) {
    const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|m)?$/.exec(text);
    const time = match ? Math.round(Number(match[1]) * (milliseconds[match[2] ?? 's'] ?? 1000)) : Number.NaN;
    if (time >= 100 && time <= 600_000) return value(time);
    return refused(
      `${shownValue(text, env)} is no time from 0.1 to 600 seconds`,
      'write seconds, or a unit: 10, 10s, 500ms, 1m',
    );
  },
};

/** Scopes with their `@`, each once, in the order given (grammar of names: npm's own, upper case let through for old packages). */
export const scopes: ValueType<readonly string[]> = {
  type: 'list',
  placeholder: '@A,@B',
  allowed: null,
  unit: null,
  read: (text, env) =>
    eachOf(text, (word) => {
      if (isScope(word)) return value(word);
      const bare = word.replace(/^@?/, '@').replace(/\/.*$/s, '');
      return refused(
        `${shownValue(word, env)} is no scope`,
        isScope(bare) ? `write ${shownValue(bare, env)}` : 'a scope looks like @acme',
      );
    }),
};

/** Whether a text is a package scope with its `@`. */
export function isScope(text: string): boolean {
  return /^@[a-z0-9~-][a-z0-9._~-]{0,212}$/i.test(text);
}

/** A GitLab group or project: its number, or its full path (GitLab: names of letters, digits, `_`, `-`, `.`). */
export const idOrPath: ValueType<string> = {
  type: 'text',
  placeholder: 'ID|PATH',
  allowed: null,
  unit: null,
  read(text, env) {
    const bare = text.replace(/^\/+|\/+$/g, '');
    if (/^\d{1,15}$/.test(bare)) return value(bare);
    if (/^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*$/.test(bare)) return value(bare);
    return refused(
      `${shownValue(text, env)} is neither an id nor a full path`,
      'write it like 324 or acme/frontend/ui, not encoded and without a host',
    );
  },
};

function eachOf<T>(text: string, read: (word: string) => Reading<T>): Reading<readonly T[]> {
  const found = new Set<T>();
  for (const word of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const reading = read(word);
    if (reading.kind === 'refused') return reading;
    found.add(reading.value);
  }
  return found.size === 0 ? refused('the list is empty') : value([...found]);
}

function didYouMean(text: string, allowed: readonly string[]): string | null {
  const near = nearest(text, allowed);
  return near ? `did you mean ${near}?` : null;
}

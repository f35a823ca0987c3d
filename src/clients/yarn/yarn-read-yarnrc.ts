import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { YarnRules } from './yarn-rules.ts';
import { type YarnToken, yarnTokens } from './yarn-tokens.ts';

/** A setting of a `.yarnrc` with its place; both count from 1. */
export interface YarnrcEntry {
  key: string;
  value: string;
  /** It stands in quotes, so that `false` is a text. */
  quoted?: boolean;
  line: number;
  column: number;
}

/** `malformed`: Yarn 1 ends on reading it; `line` is where. */
export type YarnrcReading =
  | { kind: 'read'; entries: readonly YarnrcEntry[] }
  | { kind: 'malformed'; line: number; text: string };

/** Longer files that are not in Yarn's own grammar are not tried as YAML: no person wrote them. */
const longestYaml = 100_000;

/**
 * The top-level settings of a `.yarnrc`: Yarn 1's lockfile grammar (`key value`, keys with `@` quoted), else (1.17+) YAML with plain texts.
 * What stands nested below a key is passed over. Nothing throws. (Yarn 1.22 lockfile parser.)
 */
export function readYarnrc(text: string, { readsYaml }: Pick<YarnRules, 'readsYaml'>): YarnrcReading {
  if (/^<{7}/m.test(text) && /^={7}$/m.test(text) && /^>{7}/m.test(text))
    return { kind: 'read', entries: [] };
  const own = readOwnGrammar(text);
  if (own.kind === 'read') return own;
  return (readsYaml && text.length <= longestYaml ? readYaml(text) : null) ?? own;
}

function readOwnGrammar(text: string): YarnrcReading {
  const tokens = new Tokens(text);
  const entries: YarnrcEntry[] = [];
  for (let token = tokens.next(); token !== null; token = tokens.next()) {
    if (token.kind === 'newline') continue;
    if (token.kind === 'indent') break;
    if (token.kind !== 'text' || token.value === '') return malformed(token, text);
    const keys = [token];
    while (tokens.peek()?.kind === 'comma') {
      tokens.next();
      const key = tokens.next();
      if (key?.kind !== 'text' || key.value === '') return malformed(key ?? token, text);
      keys.push(key);
    }
    const colon = tokens.peek()?.kind === 'colon';
    if (colon) tokens.next();
    const value = tokens.peek();
    if (value?.kind === 'text' || value?.kind === 'value') {
      tokens.next();
      for (const key of keys) {
        const quoted = value.kind === 'text';
        entries.push({ key: key.value, value: value.value, quoted, line: key.line, column: key.column });
      }
    } else if (colon) {
      const wrong = tokens.skipNested();
      if (wrong) return malformed(wrong, text);
    } else return malformed(token, text);
  }
  return { kind: 'read', entries };
}

class Tokens {
  readonly #tokens: Iterator<YarnToken>;
  #ahead: YarnToken | null;
  constructor(text: string) {
    this.#tokens = yarnTokens(text);
    this.#ahead = this.#pull();
  }
  peek(): YarnToken | null {
    return this.#ahead;
  }
  next(): YarnToken | null {
    const token = this.#ahead;
    this.#ahead = this.#pull();
    return token;
  }
  /** Passes over the indented lines below a key; gives an invalid token among them. */
  skipNested(): YarnToken | null {
    let indented = false;
    for (let token = this.#ahead; token !== null; token = this.#ahead) {
      if (token.kind === 'invalid') return token;
      if (token.kind === 'newline') indented = false;
      else if (token.kind === 'indent') indented = true;
      else if (!indented) return null;
      this.next();
    }
    return null;
  }
  #pull(): YarnToken | null {
    const step = this.#tokens.next();
    return step.done ? null : step.value;
  }
}

function malformed({ line }: YarnToken, text: string): YarnrcReading {
  return { kind: 'malformed', line, text: text.split(/\r\n|\n|\r/, line)[line - 1] ?? '' };
}

/** Keys and texts of a YAML mapping; a YAML text without a mapping has no settings. */
function readYaml(text: string): YarnrcReading | null {
  try {
    const tree: unknown = load(text, { schema: FAILSAFE_SCHEMA });
    if (typeof tree !== 'object' || tree === null) return { kind: 'read', entries: [] };
    const places = new Map<string, number>();
    for (const [index, written] of text.split(/\r\n|\n|\r/).entries()) {
      const key = /^(["']?)(.*?)\1\s*:(?:\s|$)/.exec(written)?.[2];
      if (key !== undefined) places.set(key, index + 1);
    }
    const entries = Object.entries(tree).flatMap(([key, value]): YarnrcEntry[] =>
      typeof value === 'string' ? [{ key, value, line: places.get(key) ?? 1, column: 1 }] : [],
    );
    return { kind: 'read', entries };
  } catch {
    return null;
  }
}

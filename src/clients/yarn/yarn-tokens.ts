/** One token of a `.yarnrc` line. `line` and `column` count from 1. */
export interface YarnToken {
  kind: 'text' | 'value' | 'colon' | 'comma' | 'newline' | 'indent' | 'invalid';
  value: string;
  line: number;
  column: number;
}

/**
 * The tokens of a text in the grammar of Yarn 1's lockfile, which its `.yarnrc` shares, comments left out. `value` tokens are numbers and
 * switches, which can't be keys. It ends behind the first invalid one. (Yarn 1.22 tokenise.)
 */
export function* yarnTokens(text: string): Generator<YarnToken> {
  let line = 1;
  let lineStart = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let fresh = false;
  while (at < text.length) {
    const start = at;
    const character = text.charAt(at);
    const token = (kind: YarnToken['kind'], value = ''): YarnToken => ({
      kind,
      value,
      line,
      column: start - lineStart + 1,
    });
    const wasFresh = fresh;
    fresh = false;
    if (character === '\n' || character === '\r') {
      at += text.charAt(at + 1) === '\n' ? 2 : 1;
      yield token('newline');
      line += 1;
      lineStart = at;
      fresh = true;
    } else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (character === ' ') {
      if (!wasFresh) at += 1;
      else {
        at += match(/ +/y, text, at).length;
        const odd = (at - start) % 2 === 1;
        yield token(odd ? 'invalid' : 'indent');
        if (odd) return;
      }
    } else {
      const word = readWord(text, at, character);
      at += word?.length ?? 0;
      yield token(word?.kind ?? 'invalid', word?.value);
      if (word === null) return;
    }
  }
}

interface Word {
  kind: 'text' | 'value' | 'colon' | 'comma';
  value: string;
  length: number;
}

function readWord(text: string, at: number, character: string): Word | null {
  if (character === ':') return { kind: 'colon', value: character, length: 1 };
  if (character === ',') return { kind: 'comma', value: character, length: 1 };
  if (character === '"') return readQuoted(text.slice(at, endOfQuoted(text, at)));
  const value = match(/\d+|true|false/y, text, at);
  if (value !== '') return { kind: 'value', value, length: value.length };
  const bare = match(/[a-zA-Z/.-][^: \n\r,]*/y, text, at);
  return bare === '' ? null : { kind: 'text', value: bare, length: bare.length };
}

/** Where a quoted text ends: behind the next quote that no single backslash stands before. */
function endOfQuoted(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    if (text.charAt(end - 1) !== '\\' || text.charAt(end - 2) === '\\') return end + 1;
  }
  return text.length;
}

function readQuoted(written: string): Word | null {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? { kind: 'text', value, length: written.length } : null;
  } catch {
    return null;
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

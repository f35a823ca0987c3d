import type { SyntaxKind } from 'jsonc-parser';
import scanning from 'jsonc-parser/lib/umd/impl/scanner.js';
import { printable } from '../domain/redaction.ts';

/** Why a text is no JSON: where (an offset in the text) and what was expected there. */
export interface JsonFault {
  offset: number;
  message: string;
}

/** What the walk reports, in the order of the text. Offsets are those of the token's first character. */
export interface JsonSink {
  open(kind: 'object' | 'array', offset: number): void;
  close(): void;
  key(name: string, offset: number): void;
  scalar(value: string | number | boolean | null, offset: number): void;
}

/** Strict JSON (RFC 8259), or with comments and trailing commas as `bun.lock` has them. */
export type JsonGrammar = 'strict' | 'relaxed';

type Await = 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'next' | 'end';

/** The scanner's own numbers: its enums are ambient, which this compiler setting can't import. */
const kinds = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  text: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

const longestShown = 12;

const scanFaults: Readonly<Record<number, string>> = {
  2: 'a text that is not closed by a double quote on its line',
  3: 'a number that is not finished',
  4: 'a broken \\u escape in a text',
  5: 'a broken escape in a text',
  6: 'a control character inside a text',
  1: 'a comment: JSON has none',
};

/**
 * Walks a text as JSON (strict: no comments, no trailing commas) and tells a sink what it meets.
 * Returns the first fault, `null` when there is none. It does not recurse, so nesting has no limit. `text` has no byte order mark.
 */
export function walkJson(text: string, sink: JsonSink, grammar: JsonGrammar = 'strict'): JsonFault | null {
  const scanner = scanning.createScanner(text, false);
  const opened: { kind: 'object' | 'array'; offset: number }[] = [];
  let awaited: Await = 'value';
  let comma = -1;

  for (;;) {
    const token = scanner.scan();
    if (token === kinds.space || token === kinds.lineBreak) continue;
    const offset = scanner.getTokenOffset();
    const inside = opened.at(-1);
    const scanFault = scanFaults[scanner.getTokenError()];
    if (scanFault !== undefined) return { offset, message: scanFault };
    if (token === kinds.lineComment || token === kinds.blockComment) {
      if (grammar === 'relaxed') continue;
      return { offset, message: 'a comment: JSON has none' };
    }
    if (token === kinds.end && awaited === 'end') return null;

    const closes =
      (token === kinds.closeBrace && inside?.kind === 'object') ||
      (token === kinds.closeBracket && inside?.kind === 'array');
    const trailing = grammar === 'relaxed' && comma >= 0 && (awaited === 'key' || awaited === 'value');
    if (closes && (awaited === 'next' || awaited === 'first-key' || awaited === 'first-item' || trailing)) {
      comma = -1;
      opened.pop();
      sink.close();
      awaited = opened.length === 0 ? 'end' : 'next';
      continue;
    }
    if (closes && comma >= 0 && (awaited === 'key' || awaited === 'value')) {
      return {
        offset: comma,
        message: `a trailing comma before "${text[offset]}": JSON has none`,
      };
    }
    if (token === kinds.comma && awaited === 'next' && inside !== undefined) {
      comma = offset;
      awaited = inside.kind === 'object' ? 'key' : 'value';
      continue;
    }
    if (token === kinds.text && (awaited === 'key' || awaited === 'first-key')) {
      sink.key(scanner.getTokenValue(), offset);
      awaited = 'colon';
      comma = -1;
      continue;
    }
    if (token === kinds.colon && awaited === 'colon') {
      awaited = 'value';
      continue;
    }
    if (awaited === 'value' || awaited === 'first-item') {
      if (token === kinds.openBrace || token === kinds.openBracket) {
        const kind = token === kinds.openBrace ? 'object' : 'array';
        opened.push({ kind, offset });
        sink.open(kind, offset);
        awaited = kind === 'object' ? 'first-key' : 'first-item';
        comma = -1;
        continue;
      }
      const scalar = scalarOf(token, scanner.getTokenValue());
      if (scalar !== undefined) {
        sink.scalar(scalar, offset);
        awaited = opened.length === 0 ? 'end' : 'next';
        comma = -1;
        continue;
      }
    }
    const found = text.slice(offset, offset + Math.min(longestShown + 1, scanner.getTokenLength()));
    return mismatch(text, { awaited, inside, token, offset, found });
  }
}

function scalarOf(token: SyntaxKind, written: string): string | number | boolean | null | undefined {
  switch (token) {
    case kinds.text:
      return written;
    case kinds.number:
      return Number(written);
    case kinds.true:
      return true;
    case kinds.false:
      return false;
    case kinds.null:
      return null;
    default:
      return undefined;
  }
}

interface Mismatch {
  awaited: Await;
  inside: { kind: 'object' | 'array'; offset: number } | undefined;
  token: SyntaxKind;
  offset: number;
  found: string;
}

function mismatch(text: string, { awaited, inside, token, offset, found }: Mismatch): JsonFault {
  const expected = expectation(awaited, inside?.kind ?? 'object');
  if (token === kinds.end) {
    const end = text.trimEnd().length;
    const begun =
      inside === undefined
        ? ''
        : ` (the ${inside.kind} opened in line ${lineAt(text, inside.offset)} is not closed)`;
    return { offset: end, message: `expected ${expected}, but the file ends here${begun}` };
  }
  const quotes = found.startsWith("'") ? ' (JSON takes double quotes only)' : '';
  return { offset, message: `expected ${expected} but found ${shown(token, found)}${quotes}` };
}

function expectation(awaited: Await, inside: 'object' | 'array'): string {
  switch (awaited) {
    case 'value':
      return 'a value';
    case 'first-item':
      return 'a value or "]"';
    case 'first-key':
      return 'a name in double quotes or "}"';
    case 'key':
      return 'a name in double quotes';
    case 'colon':
      return '":" after the name';
    case 'next':
      return inside === 'object' ? '"," or "}"' : '"," or "]"';
    case 'end':
      return 'the end of the file';
  }
}

/** Never what stands between quotes, and no more than the beginning of anything else: it may be a secret. */
function shown(token: SyntaxKind, found: string): string {
  if (token === kinds.text) return 'a text';
  return `"${printable(found.length > longestShown ? `${found.slice(0, longestShown)}…` : found)}"`;
}

/** The line, counted from 1, that an offset of a text lies in. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

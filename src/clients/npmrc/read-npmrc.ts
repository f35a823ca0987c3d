import { parse } from 'ini';

/** One line of an `.npmrc` that npm takes for a setting. `column` is where its text starts; both count from 1. */
export interface NpmrcEntry {
  line: number;
  column: number;
  /** The line without its end. */
  text: string;
  /** Key after the grammar's unquoting, before expansion. */
  key: string;
  /** Value after unquoting, before expansion; `true` for a key without `=`. */
  value: string | true;
  /** Written as `key[]=value`. */
  list: boolean;
}

/** A `[name]` line. Settings below it belong to a section and are not seen by npm: `hides` are they (measured: q19). */
export interface NpmrcSection {
  line: number;
  text: string;
  hides: readonly NpmrcEntry[];
}

export interface NpmrcReading {
  /** In the order of the file; those hidden by a section left out. */
  entries: readonly NpmrcEntry[];
  sections: readonly NpmrcSection[];
  /** Lines in which a client that ends lines only at a line feed has several; `hides` are the settings behind the first part. Left out: none. */
  glued?: readonly NpmrcSection[];
  /** The settings that it would hold if it were not UTF-16; `null` for other texts. */
  utf16: readonly NpmrcEntry[] | null;
}

/** npm's reader takes a line for a section only when nothing precedes the bracket. */
export const sectionLine = /^\[[^\]]*\]\s*$/;

/**
 * The settings of an `.npmrc` text with their places. Grammar: the `ini` package, one line at a time; a byte order mark is
 * white space (measured: q14). Never throws; `__proto__` keys are left out, as npm's reader does. `lineEnds`: a carriage return alone ends a line for `ini`, for Bun
 * it is nothing (run for real: npm 10 and 12, pnpm 10, Bun 1.4.5).
 */
export function readNpmrc(text: string, lineEnds: 'any' | 'line-feed' = 'any'): NpmrcReading {
  const entries: NpmrcEntry[] = [];
  const sections: { line: number; text: string; hides: NpmrcEntry[] }[] = [];
  let line = 0;
  const glued = lineEnds === 'any' ? [] : gluedLines(text);
  for (const written of text.split(lineEnds === 'any' ? /\r\n|\n|\r/ : /\r*\n/)) {
    line += 1;
    const lineText = written.replace(/\r/g, '');
    if (sectionLine.test(lineText)) {
      sections.push({ line, text: lineText, hides: [] });
      continue;
    }
    const entry = readEntry(lineText, line);
    if (entry === null) continue;
    const section = sections.at(-1);
    if (section) section.hides.push(entry);
    else entries.push(entry);
  }
  return { entries, sections, ...(glued.length > 0 ? { glued } : {}), utf16: utf16Entries(text) };
}

/** The lines with a carriage return in their midst, for clients that end lines only at a line feed. */
export function gluedLines(text: string): readonly NpmrcSection[] {
  return text.split('\n').flatMap((written, index) => {
    const [first = '', ...behind] = written.replace(/\r+$/, '').split(/\r+/);
    const hides = behind.flatMap((part) => readNpmrc(part).entries);
    return hides.length === 0 ? [] : [{ line: index + 1, text: first, hides }];
  });
}

/**
 * The settings that a file would hold if it were not UTF-16, from its bytes read as UTF-8 (every second one is a zero then); `null` for any other
 * text. No package manager reads UTF-16, which Windows PowerShell 5 writes with `>` and `Out-File`.
 */
export function utf16Entries(text: string): readonly NpmrcEntry[] | null {
  return text.includes('\0') ? readNpmrc(text.replace(/[\0\uFFFD\uFEFF]/g, '')).entries : null;
}

function readEntry(text: string, line: number): NpmrcEntry | null {
  const [found] = Object.entries(parse(text) as Record<string, unknown>);
  if (!found || found[0] === '') return null;
  const [key, parsed] = found;
  const list = Array.isArray(parsed);
  const value: unknown = list ? parsed[0] : parsed;
  if (typeof value === 'object' && value !== null) return null;
  const column = text.length - text.replace(/^\s+/, '').length + 1;
  return { line, column, text, key, value: text.includes('=') ? String(value) : true, list };
}

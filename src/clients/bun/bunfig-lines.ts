/** Where settings stand in a TOML text, by the parts of their path. */
export interface TomlPlaces {
  /** The place of the nearest setting or table that a path leads through; the first line when none does. */
  placeOf(path: readonly string[]): { line: number; column: number };
}

const longestLine = 4096;
/** No setting of Bun lies deeper. */
const deepest = 8;
const namePart = /"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/g;

/**
 * Finds tables and keys line by line: `[a.b]`, `key =`, `a.b =`. What stands inside inline tables and lists has the place of its key; several
 * lines between triple quotes are passed over.
 */
export function tomlPlaces(text: string): TomlPlaces {
  const places = new Map<string, { line: number; column: number }>();
  let table: readonly string[] = [];
  let inside: string | null = null;
  let line = 0;
  for (const written of text.split('\n')) {
    line += 1;
    const lineText = written.slice(0, longestLine);
    if (inside !== null) {
      if (lineText.includes(inside)) inside = null;
      continue;
    }
    const header = /^\s*\[\[?([^[\]]+)\]/.exec(lineText)?.[1];
    const key = /^((?:"[^"]*"|'[^']*'|[\w. \t-])+)=/.exec(lineText.trimStart())?.[1];
    if (header !== undefined) table = partsOf(header);
    else if (key === undefined) continue;
    const path = header === undefined && key !== undefined ? [...table, ...partsOf(key)] : table;
    const column = lineText.length - lineText.trimStart().length + 1;
    const id = path.length > deepest ? '' : idOf(path);
    if (id !== '' && !places.has(id)) places.set(id, { line, column });
    inside = openedIn(lineText);
  }
  return {
    placeOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const place = places.get(idOf(path.slice(0, length)));
        if (place) return place;
      }
      return { line: 1, column: 1 };
    },
  };
}

function partsOf(written: string): string[] {
  return [...written.matchAll(namePart)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
}

function idOf(path: readonly string[]): string {
  return JSON.stringify(path);
}

/** The triple quotes that a line leaves open. */
function openedIn(line: string): string | null {
  for (const quotes of ['"""', "'''"]) if (line.split(quotes).length % 2 === 0) return quotes;
  return null;
}

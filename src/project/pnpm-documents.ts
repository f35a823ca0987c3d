/** One YAML document of a file with the number of its first line. */
export interface PnpmDocument {
  text: string;
  firstLine: number;
}

/**
 * The documents of a pnpm-lock.yaml (pnpm 11 @pnpm/lockfile.fs, measured: pnpm 11 and 12). A file that begins with a line `---` holds two: `environment`
 * locks `configDependencies` and pnpm itself, `main` behind the next such line the project. `null` for one that is not there or is empty.
 */
export function pnpmDocuments(text: string): {
  environment: PnpmDocument | null;
  main: PnpmDocument | null;
} {
  const opening = /^---\r?\n/.exec(text);
  if (opening === null) return { environment: null, main: documentAt(text, 0, text.length) };
  const from = opening[0].length;
  const separator = /\n---\r?\n/g;
  separator.lastIndex = from - 1;
  const end = separator.exec(text);
  if (end === null) return { environment: documentAt(text, from, text.length), main: null };
  return {
    environment: documentAt(text, from, Math.max(from, end.index)),
    main: documentAt(text, end.index + end[0].length, text.length),
  };
}

function documentAt(whole: string, from: number, to: number): PnpmDocument | null {
  const text = whole.slice(from, to);
  if (text.trim() === '') return null;
  let firstLine = 1;
  for (let at = whole.indexOf('\n'); at >= 0 && at < from; at = whole.indexOf('\n', at + 1)) firstLine += 1;
  return { text, firstLine };
}

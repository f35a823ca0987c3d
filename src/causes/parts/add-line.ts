import type { RunFacts } from '../../domain/cause.ts';
import type { Edit } from '../../domain/remedy.ts';
import type { Source } from '../../domain/source.ts';

/** The file in which a missing line belongs, as a person finds it: relative to the project where it lies below it. */
export function configFile({ configFile: path, project: { directory } }: RunFacts): string {
  const below = path.startsWith(directory) ? path.slice(directory.length) : '';
  return /^[\\/]/.test(below) ? below.slice(1).replaceAll('\\', '/') : path;
}

/** The edit that adds a line where the client will read it. */
export function addLine(run: RunFacts, line: string): Edit {
  return { file: configFile(run), line: null, before: null, after: line };
}

/** The edit that replaces (or with `null` takes out) the line of a setting; an addition where the setting stands in no file. */
export function changeLine(run: RunFacts, source: Source, before: string, after: string | null): Edit {
  return source.kind === 'file'
    ? { file: source.path, line: source.line, before, after }
    : { file: configFile(run), line: null, before: null, after };
}

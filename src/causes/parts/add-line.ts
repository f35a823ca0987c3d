import type { RunFacts } from '../../domain/cause.ts';
import type { Edit } from '../../domain/remedy.ts';
import type { Source } from '../../domain/source.ts';

/** The edit that adds a line where the client will read it. */
export function addLine(run: RunFacts, line: string): Edit {
  return { file: run.configFile, line: null, before: null, after: line };
}

/** The edit that replaces (or with `null` takes out) the line of a setting; an addition where the setting stands in no file. */
export function changeLine(run: RunFacts, source: Source, before: string, after: string | null): Edit {
  return source.kind === 'file'
    ? { file: source.path, line: source.line, before, after }
    : { file: run.configFile, line: null, before: null, after };
}

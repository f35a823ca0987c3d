import type { RunFacts } from '../../domain/cause.ts';
import type { ConfigProblem } from '../../domain/client.ts';
import { type Source, sameSource } from '../../domain/source.ts';

export type MalformedLine = Extract<ConfigProblem, { kind: 'malformed-line' }>;

export function malformedLines(run: RunFacts): readonly MalformedLine[] {
  return run.client.problems.filter((problem) => problem.kind === 'malformed-line');
}

/** The line of a credential that is sent, where it is one whose text can't be the token that it looks like; `null` for any other. */
export function malformedCredential(run: RunFacts, at: Source): MalformedLine | null {
  return (
    malformedLines(run).find(
      ({ source, isEmpty }) => !isEmpty && sameSource(source, at) && isSameSetting(source, at),
    ) ?? null
  );
}

/** A line of nested settings may hold several, each with its key. */
function isSameSetting(a: Source, b: Source): boolean {
  const keys = [a, b].flatMap((source) => (source.kind === 'file' ? (source.key ?? []) : []));
  return new Set(keys).size < 2;
}

import { type Clues, ruledOut, type Verdict } from '../../domain/cause.ts';
import type { ConfigProblem } from '../../domain/client.ts';
import { sameSource } from '../../domain/source.ts';
import { failingRequest, isRefusal } from './failing-request.ts';
import { wouldCover } from './kept-key.ts';
import { uncoveredRequest, uncoveredVerdict } from './uncovered.ts';

type EmptyLine = Extract<ConfigProblem, { kind: 'malformed-line' }>;

/**
 * The credential line without a value that a case's failing request needed: it was meant for the request's address, and the request carries no
 * credential, or the empty one (pnpm).
 */
export function emptyKey(clues: Clues): EmptyLine | null {
  const empty = clues.run.client.problems.filter(
    (problem): problem is EmptyLine => problem.kind === 'malformed-line' && problem.isEmpty === true,
  );
  const request = empty.length > 0 ? failingRequest(clues) : null;
  if (!request || !isRefusal(request.observation)) return null;
  const { credential } = request;
  if (credential.kind === 'token')
    return empty.find(({ source }) => sameSource(source, credential.source)) ?? null;
  const uncovered = uncoveredRequest(clues);
  if (!uncovered || uncovered.mistyped) return null;
  return empty.find(({ hides = [] }) => hides.some((key) => wouldCover(clues, key))) ?? null;
}

/** Possible at most: what wrote the line is not seen, whether a variable without a value or a person. */
export function emptyVerdict(clues: Clues): Verdict {
  const kind = failingRequest(clues)?.kind ?? 'metadata';
  const uncovered = uncoveredRequest(clues);
  const verdict = uncovered && uncoveredVerdict(uncovered, clues);
  return verdict?.kind === 'ruled-out'
    ? ruledOut
    : {
        kind: 'possible',
        because: ['configuration', kind],
        decidedBy: 'what writes the line: a variable without a value, or a person',
      };
}

import type { Clues } from '../../domain/cause.ts';
import type { ConfigProblem } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { sameSource } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';
import { wouldCover } from './kept-key.ts';
import { uncoveredRequest } from './uncovered.ts';

type Refused = Extract<ConfigProblem, { kind: 'refused-expansion' }>;

/** The setting with a reference which the client does not replace, that a case's request would have rested on; `null` when there is none. */
export function refusedReference(clues: Clues): Refused | null {
  const { result, target } = clues.case;
  const problems = clues.run.client.problems.filter((problem) => problem.kind === 'refused-expansion');
  if (result.kind === 'client-stops')
    return problems.find(({ setting }) => sameSource(setting.source, result.stop.source)) ?? null;
  const scope = scopeOf(target.dependency.name);
  if (result.kind === 'asks-public-registry') {
    const key = scope === null ? 'registry' : `${scope}:registry`;
    return problems.find(({ setting }) => setting.key === key) ?? null;
  }
  const sent = failingRequest(clues)?.credential;
  if (sent?.kind === 'unresolved')
    return problems.find(({ setting }) => sameSource(setting.source, sent.source)) ?? null;
  if (!uncoveredRequest(clues)) return null;
  return problems.find(({ setting }) => wouldCover(clues, setting.key)) ?? null;
}

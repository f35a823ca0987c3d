import type { Clues } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { statusOf } from '../../domain/probe.ts';
import { sameSource } from '../../domain/source.ts';
import { failingRequest, isRefusal } from './failing-request.ts';
import { wouldCover } from './kept-key.ts';
import { type MalformedLine, malformedCredential, malformedLines } from './malformed-line.ts';
import { uncoveredRequest } from './uncovered.ts';

/**
 * The malformed line on which a case fails: the one that was to map its scope, that of its registry or of the text sent as its token, or the
 * one that was to be the key that no request carries.
 */
export function guiltyLine(clues: Clues): MalformedLine | null {
  const lines = malformedLines(clues.run);
  const scope = scopeOf(clues.case.target.dependency.name);
  if (clues.case.result.kind === 'asks-public-registry')
    return (
      (scope !== null &&
        lines.find((line) => meant(line).some((text) => text.includes(`${scope}:registry`)))) ||
      null
    );
  const request = failingRequest(clues);
  if (!request) return null;
  // what is gone for good, as GitLab's API v3 is, is refused like what is hidden
  if (!isRefusal(request.observation) && statusOf(request.observation.outcome) !== 410) return null;
  const { registry } = clues.case.target;
  if (request.kind === 'metadata') {
    const own = lines.find(({ isEmpty, source }) => !isEmpty && sameSource(source, registry.source));
    if (own) return own;
  }
  const { credential } = request;
  if (credential.kind !== 'none') return malformedCredential(clues.run, credential.source);
  const uncovered = uncoveredRequest(clues);
  if (!uncovered || (uncovered.token !== 'proven' && !clues.github)) return null;
  const isKey = (text: string) =>
    wouldCover(clues, text.slice(Math.max(text.indexOf('//'), 0))) ||
    (scope !== null && text.startsWith(`${scope}:_`));
  return lines.find((line) => meant(line).some(isKey)) ?? null;
}

/**
 * The line as it must be: as the line itself tells, or for a credential that is keyed by its scope, keyed by the case's registry. `null` where
 * neither can be told.
 */
export function correctedLine(
  { corrected, line, hides: [key = ''] = [] }: MalformedLine,
  { case: { target } }: Clues,
): string | null {
  const field = /^@[^:]+(:_\w+)$/.exec(key)?.[1];
  const { url } = target.registry;
  if (corrected !== null || field === undefined || url === null) return corrected;
  return `${url.replace(/^https?:/i, '').replace(/\/?$/, '/')}${field}${line.slice(line.indexOf('='))}`;
}

/** What a line was to set: the line as it must be, and the keys that it hides. */
function meant({ corrected, hides = [] }: MalformedLine): readonly string[] {
  return corrected === null ? hides : [corrected, ...hides];
}

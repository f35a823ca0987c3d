import type { Clues } from '../../domain/cause.ts';
import { hasForm } from '../../domain/secret.ts';
import { failingRequest, isRefusal } from './failing-request.ts';
import { malformedCredential } from './malformed-line.ts';

const shapes: readonly (readonly [RegExp, string])[] = [
  [/^["'`].*["'`]$/s, 'it stands in quotes'],
  [/^bearer\s/i, 'it begins with "Bearer", which the client writes itself'],
  [/_auth(?:Token)?\s*=/, 'it holds a whole line of an .npmrc'],
  [/\S\s+\S/, 'it has white space in it'],
];

/** What the refused token of a case has around it that no token has; `null` where it looks like one (user reports). */
export function moreThanToken(clues: Clues): string | null {
  const request = failingRequest(clues);
  if (request?.credential.kind !== 'token' || request.credential.scheme !== 'Bearer') return null;
  if (!isRefusal(request.observation)) return null;
  const { secret, source } = request.credential;
  // what is around the token stands in the line then
  if (malformedCredential(clues.run, source)) return null;
  return shapes.find(([form]) => hasForm(secret, form))?.[1] ?? null;
}

import type { Clues } from '../../domain/cause.ts';
import { hasForm, Secret, sameSecret } from '../../domain/secret.ts';
import type { Source } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';

/** What older setup-node versions put into NODE_AUTH_TOKEN where a step passes nothing (user reports). */
const placeholder = new Secret('XXXXX-XXXXX-XXXXX-XXXXX');

/** A variable that the CI was to fill from another one, which it left as it stands for want of a value (GitLab: variables of a job). */
const reference = /^\$(?:\w+|\{\w+\})$/;

/** The variable and line of the failing request's token when that is the placeholder of setup-node, or the name of another variable. */
export function placeholderToken(
  clues: Clues,
): { variable: string; source: Source; key: string; is: 'placeholder' | 'reference' } | null {
  const credential = failingRequest(clues)?.credential;
  if (credential?.kind !== 'token') return null;
  const { secret, variable, source, key } = credential;
  if (sameSecret(secret, placeholder))
    return { variable: variable ?? 'NODE_AUTH_TOKEN', source, key, is: 'placeholder' };
  return variable !== null && hasForm(secret, reference) ? { variable, source, key, is: 'reference' } : null;
}

import type { Clues } from '../../domain/cause.ts';
import { Secret, sameSecret } from '../../domain/secret.ts';
import type { Source } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';

/** What older setup-node versions put into NODE_AUTH_TOKEN where a step passes nothing (user reports). */
const placeholder = new Secret('XXXXX-XXXXX-XXXXX-XXXXX');

/** The variable and line of the failing request's token when that is the placeholder of setup-node. */
export function placeholderToken(clues: Clues): { variable: string; source: Source } | null {
  const credential = failingRequest(clues)?.credential;
  return credential?.kind === 'token' && sameSecret(credential.secret, placeholder)
    ? { variable: credential.variable ?? 'NODE_AUTH_TOKEN', source: credential.source }
    : null;
}

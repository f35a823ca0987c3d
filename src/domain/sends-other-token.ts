import type { RunFacts } from './cause.ts';
import type { Credential } from './credential.ts';
import { sameSecret } from './secret.ts';

/** Whether the client sends another token with a request than the job's own. */
export function sendsOtherToken({ environment }: RunFacts, credential: Credential | undefined): boolean {
  const own = environment.credential.secret;
  return credential?.kind === 'token' && own !== null && !sameSecret(own, credential.secret);
}

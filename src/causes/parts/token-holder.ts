import type { Clues } from '../../domain/cause.ts';
import type { Secret } from '../../domain/secret.ts';
import { hasForm, sameSecret } from '../../domain/secret.ts';
import { formatSource } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';
import { tokenName } from './pass-token.ts';
import { jobUserName } from './people.ts';

/**
 * Whose rights count for the failing request: the job user's, or those of another token, which messages name by its variable or line. Deploy
 * tokens are told by their beginning (GitLab docs: token overview); they have no user.
 */
export type TokenHolder =
  | { kind: 'job-user'; name: string }
  | { kind: 'owner' | 'deploy-token'; name: string; stored: string };

/** The holder of the token that the client sends, or would publish with; the job user where it sends the job's own, or none. */
export function tokenHolder(clues: Clues): TokenHolder {
  const { publishing, target } = clues.case;
  const credential =
    failingRequest(clues)?.credential ?? (publishing ? target.metadata?.credential : undefined);
  const own = clues.run.environment.credential;
  const secret = credential?.kind === 'token' ? credential.secret : own.secret;
  const isJobs = own.kind === 'job-token' && (secret === null || isSame(own.secret, secret));
  if (isJobs || secret === null) return { kind: 'job-user', name: jobUserName(clues.run) };
  const variable =
    credential?.kind === 'token' ? (credential.variable ?? formatSource(credential.source)) : own.variable;
  const stored = tokenName(variable);
  return hasForm(secret, /^gldt-/)
    ? { kind: 'deploy-token', name: `the deploy token in ${stored}`, stored }
    : { kind: 'owner', name: `the owner of the token in ${stored}`, stored };
}

function isSame(one: Secret | null, other: Secret): boolean {
  return one !== null && sameSecret(one, other);
}

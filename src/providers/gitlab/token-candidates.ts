import type { AccessState } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { hasForm, type Secret, sameSecret } from '../../domain/secret.ts';
import type { Case } from '../../domain/target.ts';
import { asksAnotherServer } from './asks-another-server.ts';

/** The kinds of token that the credential may be, before any answer is looked at. */
export function tokenCandidates(run: RunFacts, failing: Case): readonly AccessState['token'][] {
  const secret = clientSecret(failing);
  if (asksAnotherServer(run, failing)) return tokenFormsElsewhere(secret);
  if (secret !== null && !usesJobCredential(run, failing))
    return tokenForms.find(([form]) => hasForm(secret, form))?.[1] ?? anyToken;
  return jobTokenCandidates(run);
}

/** The kinds of token that the job's own credential may be. */
export function jobTokenCandidates(run: RunFacts): readonly AccessState['token'][] {
  switch (run.environment.credential.kind) {
    case 'job-token':
      return ['running', 'dead'];
    case 'personal':
      return ['personal', 'dead'];
    case 'deploy':
      return ['deploy', 'dead'];
    default:
      return anyToken;
  }
}

/** No job token of one server is anybody's on another; a job's own may stand in a variable of any kind. */
function tokenFormsElsewhere(secret: Secret | null): readonly AccessState['token'][] {
  const known = secret === null ? undefined : tokenForms.find(([form]) => hasForm(secret, form))?.[1];
  return (known ?? anyToken).filter((kind) => kind !== 'running');
}

const anyToken = ['personal', 'deploy', 'running', 'dead'] as const;

/** The beginnings that GitLab documents for its tokens; an administrator may give personal ones another. */
const tokenForms: readonly (readonly [RegExp, readonly AccessState['token'][]])[] = [
  [/^glpat-/, ['personal', 'dead']],
  [/^gldt-/, ['deploy', 'dead']],
  [/^glcbt-/, ['running', 'dead']],
];

function usesJobCredential(run: RunFacts, failing: Case): boolean {
  const secret = clientSecret(failing);
  const own = run.environment.credential.secret;
  return secret === null || (own !== null && sameSecret(secret, own));
}

/** The token that the client sends for the package; `null` when it sends none. */
export function clientSecret({ target }: Case): Secret | null {
  for (const asked of [target.tarball, target.metadata]) {
    if (asked?.credential.kind === 'token') return asked.credential.secret;
  }
  return null;
}

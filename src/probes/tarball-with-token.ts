import { sendsBearer } from '../domain/credential.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { tarballQuestion } from './package-questions.ts';

/**
 * The tarball once more with the job's own token: parts a missing key (configuration) from a refusal (access).
 * It tells a credential key that does not cover the tarball from a token that may not read it.
 */
export const tarballWithToken: ProbeDefinition = {
  slug: 'tarball-with-token',
  questions({ run: { environment }, case: { target } }) {
    const { url, credential } = target.tarball ?? {};
    if (!url || !credential || sendsBearer(credential)) return [];
    const authorization = jobAuthorization(environment, url, 'bearer');
    return authorization
      ? [
          tarballQuestion(
            'tarball-with-token',
            url,
            authorization,
            target.dependency.locked?.integrity ?? null,
          ),
        ]
      : [];
  },
};

import { sendsBearer } from '../domain/credential.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * The metadata once more with the job's own token, where the client would have sent none or another.
 * It tells a missing or wrong credential key from a token that may not read the package.
 */
export const metadataWithToken: ProbeDefinition = {
  slug: 'metadata-with-token',
  questions({ run: { environment }, case: { target } }) {
    const asked = target.metadata;
    if (!asked || sendsBearer(asked.credential)) return [];
    const authorization = jobAuthorization(environment, asked.url, 'bearer');
    return authorization ? [metadataQuestion('metadata-with-token', asked.url, authorization)] : [];
  },
};

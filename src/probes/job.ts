import { jobAuthorization } from '../domain/job-authorization.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * Is the job token alive, and whose is it? `GET /job` (GitLab model, section 2). Only asked with a job token: a personal one gets 404.
 * It tells a live job token from a finished or unknown one, and names the job user.
 */
export const job: ProbeDefinition = {
  slug: 'job',
  questions({ run: { environment } }) {
    if (environment.apiUrl === null || environment.credential.kind !== 'job-token') return [];
    const url = `${environment.apiUrl}/job`;
    const authorization = jobAuthorization(environment, url, 'job-token-header');
    return authorization ? [apiQuestion('job', url, authorization)] : [];
  },
};

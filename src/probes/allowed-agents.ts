import { jobAuthorization } from '../domain/job-authorization.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The job user's roles in the job's own project: the one route that tells them to a job token (gitlabhq lib/api/ci/jobs.rb). Only asked
 * when the package project is the job's own.
 */
export const allowedAgents: ProbeDefinition = {
  slug: 'allowed-agents',
  questions({ run: { environment }, packageProject }) {
    const { apiUrl, consumer, credential } = environment;
    if (apiUrl === null || credential.kind !== 'job-token' || consumer === null || packageProject === null)
      return [];
    const own =
      (packageProject.id !== null && packageProject.id === consumer.id) ||
      (packageProject.path !== null && packageProject.path === consumer.path);
    const url = `${apiUrl}/job/allowed_agents`;
    const authorization = own ? jobAuthorization(environment, url, 'job-token-header') : null;
    return authorization ? [apiQuestion('allowed-agents', url, authorization)] : [];
  },
};

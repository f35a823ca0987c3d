import { jobAuthorization } from '../domain/job-authorization.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { guessedPath } from './candidate-projects.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The repository's ref advertisement: its two refusals separate a missing allowlist entry from a missing role
 * (GitLab model, section 4; since 17.4). Needs the project's path: the known one, else the one that the names suggest.
 * It tells a missing allowlist entry from a missing role.
 */
export const gitRefs: ProbeDefinition = {
  slug: 'git-refs',
  questions(subject) {
    const { environment } = subject.run;
    const { serverUrl } = environment;
    if (serverUrl === null || environment.credential.kind !== 'job-token') return [];
    const path = subject.packageProject?.path ?? guessedPath(subject);
    if (path === null || !/^[\w.-]+(\/[\w.-]+)+$/.test(path)) return [];
    const url = `${serverUrl}/${path}.git/info/refs?service=git-upload-pack`;
    const authorization = jobAuthorization(environment, url, 'basic');
    return authorization ? [apiQuestion(`git-refs:${path}`, url, authorization)] : [];
  },
};

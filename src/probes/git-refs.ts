import { scopeOf } from '../domain/dependency.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The repository's ref advertisement: its two refusals separate a missing allowlist entry from a missing role
 * (GitLab model, section 4; since 17.4). Needs the project's path: the known one, else the scope with the project's name,
 * else the scope with the package's name.
 */
export const gitRefs: ProbeDefinition = {
  slug: 'git-refs',
  purpose: 'tells a missing allowlist entry from a missing role',
  questions({ run: { environment }, case: { target }, packageProject }) {
    const { serverUrl } = environment;
    if (serverUrl === null || environment.credential.kind !== 'job-token') return [];
    const { name } = target.dependency;
    const scope = scopeOf(name);
    const guess = scope && `${scope.slice(1)}/${packageProject?.name ?? name.slice(scope.length + 1)}`;
    const path = packageProject?.path ?? guess;
    if (!path || !/^[\w.-]+(\/[\w.-]+)+$/.test(path)) return [];
    const url = `${serverUrl}/${path}.git/info/refs?service=git-upload-pack`;
    const authorization = jobAuthorization(environment, url, 'basic');
    return authorization ? [apiQuestion(`git-refs:${path}`, url, authorization)] : [];
  },
};

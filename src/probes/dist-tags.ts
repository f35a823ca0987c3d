import { jobAuthorization } from '../domain/job-authorization.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The dist-tags where metadata is refused at the instance or group prefix, with the job's token and as nobody. That route looks at the
 * project first and never at what the user may list: nobody is told that a public project exists, and a token that may see the project is
 * told apart from one that may read its packages (GitLab model, section 2; spec rows, section 8).
 * It tells a public project from others, and what the token may see from what it may read, while the project is unknown.
 */
export const distTags: ProbeDefinition = {
  slug: 'dist-tags',
  questions({ run: { environment }, case: { target, result } }) {
    const prefix = target.metadata && prefixOf(target.metadata.url);
    if (!prefix || prefix.kind === 'project' || result.kind !== 'metadata-failed') return [];
    const name = target.dependency.name.replace('/', '%2f');
    const url = `${prefixUrl(prefix)}-/package/${name}/dist-tags`;
    const authorization = jobAuthorization(environment, url, 'bearer');
    return [
      ...(authorization ? [apiQuestion('dist-tags', url, authorization)] : []),
      apiQuestion('dist-tags:nobody', url, { kind: 'none' }),
    ];
  },
};

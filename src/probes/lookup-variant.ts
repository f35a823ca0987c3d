import { jobAuthorization } from '../domain/job-authorization.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { sendsOtherToken } from '../domain/sends-other-token.ts';
import { nobodysName } from './nobodys-name.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * How the server lists packages above projects: the instance prefix is asked for a name that nobody holds, and says so in the words of one way or the other where it
 * forwards nothing (GitLab model, section 3, steps 3 and 5). Asked where a token beside the job's is refused with 403: looked up, that is said to whoever sees
 * the project; listed, to everybody. Of the job's own token the dist-tags tell it.
 * It tells a token that sees the project from one that does not, where both are refused alike.
 */
export const lookupVariant: ProbeDefinition = {
  slug: 'lookup-variant',
  questions({ run, case: { target, result, observations } }) {
    const prefix = target.metadata && prefixOf(target.metadata.url);
    if (!prefix || prefix.kind === 'project' || result.kind !== 'metadata-failed') return [];
    if (!sendsOtherToken(run, target.metadata?.credential)) return [];
    if (statusOf(observations.get('metadata')?.outcome) !== 403) return [];
    const registry = prefixUrl({ kind: 'instance', apiUrl: prefix.apiUrl });
    const url = run.client.metadataUrl(registry, nobodysName(target.dependency.name));
    const authorization = jobAuthorization(run.environment, url, 'bearer');
    return authorization ? [metadataQuestion('lookup-variant', url, authorization)] : [];
  },
};

import { apiAuthorization } from '../domain/api-token.ts';
import { percentEncoded } from '../domain/percent-form.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { apiQuestion } from './package-questions.ts';

/** Whether the consumer limits its own token, up to 17.x (GitLab docs: job token scope API, `outbound_enabled`). For its Maintainers only. */
export const outboundScope: ProbeDefinition = {
  slug: 'outbound-scope',
  questions({ run: { environment, apiToken }, packageProject }) {
    const { apiUrl, consumer } = environment;
    const version = parseServerVersion(environment.serverVersion);
    if (apiUrl === null || consumer === null || packageProject === null) return [];
    if (version !== null && atLeast(version, 18, 0)) return [];
    const url = `${apiUrl}/projects/${consumer.id ?? percentEncoded(consumer.path)}/job_token_scope`;
    const authorization = apiAuthorization(environment, apiToken, url);
    return authorization ? [apiQuestion('outbound-scope', url, authorization)] : [];
  },
};

import { scopeOf } from '../domain/dependency.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import { routeName } from '../domain/own-project.ts';
import { projectApiId } from '../domain/package-project.ts';
import { percentDecoded } from '../domain/percent-form.ts';
import { type Prefix, prefixUrl } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { sendsOtherToken } from '../domain/sends-other-token.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * The metadata at the prefixes that the configuration does not use: shows where the package lives when the configured one has nothing. With the
 * job's own token at the configured one too where the client sends another: what both are told is true of the package.
 * It shows the prefix at which the package can be found.
 */
export const otherPrefixes: ProbeDefinition = {
  slug: 'other-prefixes',
  questions({ run, case: { target }, packageProject }) {
    const { apiUrl, consumer } = run.environment;
    if (apiUrl === null) return [];
    const { name } = target.dependency;
    const isOther = sendsOtherToken(run, target.metadata?.credential);
    const { prefix: own } = target;
    const isHere = own?.kind === 'group' && sameOrigin(own.apiUrl, apiUrl);
    const configured = isOther && isHere ? own.group : undefined;
    const groups = new Set(
      [consumer?.rootNamespace, scopeOf(name)?.slice(1), configured].filter((group) => group !== undefined),
    );
    const project = packageProject && projectApiId(packageProject);
    const prefixes: Prefix[] = [
      { kind: 'instance', apiUrl },
      ...[...groups].map((group): Prefix => ({ kind: 'group', apiUrl, group })),
      ...(project ? [{ kind: 'project', apiUrl, project: percentDecoded(project) } as const] : []),
      ...(consumer ? [{ kind: 'project', apiUrl, project: routeName(consumer) } as const] : []),
    ];
    const asked = isOther ? null : target.metadata?.url;
    return prefixes.flatMap((prefix) => {
      const url = run.client.metadataUrl(prefixUrl(prefix), name);
      const authorization = jobAuthorization(run.environment, url, 'bearer');
      if (url === asked || !authorization) return [];
      return [metadataQuestion(`other-prefixes:${prefixUrl(prefix)}`, url, authorization)];
    });
  },
};

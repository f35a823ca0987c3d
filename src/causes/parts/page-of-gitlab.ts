import type { Clues, Statement } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { percentDecoded } from '../../domain/percent-form.ts';
import { type Prefix, prefixOf } from '../../domain/prefix.ts';
import { statusOf } from '../../domain/probe.ts';
import { parsedUrl, sameOrigin } from '../../domain/registry-key.ts';
import type { FailingRequest } from './failing-request.ts';
import { mapToPrefix } from './map-to-prefix.ts';
import { seenLine } from './seen.ts';

/**
 * The npm prefix that somebody meant who gave the address of a page of the job's GitLab for a registry: its root, the package list of a project or a
 * group, the route without the API before it, or the repository of a project (GitLab model, section 1: no npm route lies outside of the API). `null` for every other address, as another
 * service may lie beside GitLab's pages, and where the request was answered.
 */
export function pageOfGitLab(clues: Clues, request: FailingRequest): Prefix | null {
  const { apiUrl } = clues.run.environment;
  const { url } = clues.case.target.registry;
  const api = apiUrl === null ? null : parsedUrl(apiUrl)?.pathname;
  const path = url === null ? null : parsedUrl(url)?.pathname;
  if (apiUrl === null || url === null || !api || !path || request.kind !== 'metadata') return null;
  const root = api.replace(/api\/v4\/?$/, '');
  if (root === api || !sameOrigin(url, apiUrl) || !path.startsWith(root) || prefixOf(url)) return null;
  const status = statusOf(request.observation.outcome);
  if (status === null || status === 429 || status >= 500) return null;
  const place = percentDecoded(path.slice(root.length)).replace(/\/+$/, '');
  if (place === '' || place === 'packages/npm') return { kind: 'instance', apiUrl };
  const [, isGroup, name] =
    /^(groups\/)?([\w.-]+(?:\/[\w.-]+)*?)\/-\/packages(?:\/.*)?$/.exec(place) ??
    /^()([\w.-]+(?:\/[\w.-]+)+)\.git$/.exec(place) ??
    [];
  // what lies below the API is no page
  if (name === undefined || /^api\/v\d(?:\/|$)/.test(place)) return null;
  return isGroup || !name.includes('/')
    ? { kind: 'group', apiUrl, group: name }
    : { kind: 'project', apiUrl, project: name };
}

/** What is said of such a line. */
export function pageStatement(clues: Clues, prefix: Prefix): Statement {
  const { registry, dependency } = clues.case.target;
  const scope = scopeOf(dependency.name);
  return {
    title: `${registry.url} is an address of this GitLab's pages, not of its npm registry`,
    seen: seenLine(clues, 'configuration'),
    location: registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'name the npm registry of this GitLab, and write its key alike',
      ...mapToPrefix(clues, scope, prefix, [
        `every npm route of this GitLab lies below ${prefix.apiUrl}, which is CI_API_V4_URL in the job`,
        ...(prefix.kind === 'instance'
          ? ['the prefix of the project or group that holds the packages does as well']
          : []),
      ]),
    },
  };
}

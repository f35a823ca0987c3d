import type { Clues, Statement } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { percentDecoded } from '../../domain/percent-form.ts';
import { type Prefix, prefixOf, prefixUrl } from '../../domain/prefix.ts';
import { statusOf } from '../../domain/probe.ts';
import { parsedUrl, sameOrigin } from '../../domain/registry-key.ts';
import type { FailingRequest } from './failing-request.ts';
import { mapToPrefix } from './map-to-prefix.ts';
import { seenLine } from './seen.ts';

/** The npm prefix that somebody meant who gave the address of a page; `orElse` where the page may as well be that of a group. */
export interface PageOfGitLab {
  meant: Prefix;
  orElse?: Prefix;
}

/**
 * The page of the job's GitLab whose address somebody gave for a registry: its root, a project or its repository, a group, the package list of one, or the route
 * without the API before it (GitLab model, section 1: no npm route lies outside of the API). `null` for every other address, as another service may lie beside
 * GitLab's pages, and where the request was answered.
 */
export function pageOfGitLab(clues: Clues, request: FailingRequest): PageOfGitLab | null {
  const { apiUrl } = clues.run.environment;
  const { url } = clues.case.target.registry;
  const api = apiUrl === null ? null : parsedUrl(apiUrl)?.pathname;
  const path = url === null ? null : parsedUrl(url)?.pathname;
  if (apiUrl === null || url === null || !api || !path || request.kind !== 'metadata') return null;
  const root = api.replace(/api\/v4\/?$/, '');
  if (root === api || !sameOrigin(url, apiUrl) || !path.startsWith(root) || prefixOf(url)) return null;
  const status = statusOf(request.observation.outcome);
  if (status === null || status === 429 || status >= 500) return null;
  const [, place = '', repository] = /^(.*?)(\.git)?\/*$/.exec(percentDecoded(path.slice(root.length))) ?? [];
  if (place === '' || place === 'packages/npm') return { meant: { kind: 'instance', apiUrl } };
  const [, isGroup, name = '', list] =
    /^(groups\/)?([\w.-]+(?:\/[\w.-]+)*?)(\/-\/packages(?:\/.*)?)?$/.exec(place) ?? [];
  const isRepository = repository !== undefined && name.includes('/');
  if (name === '' || /^api\/v\d(?:\/|$)/.test(place)) return null;
  if (list === undefined && !isRepository && !isPlainPage(name, root, request)) return null;
  const group: Prefix = { kind: 'group', apiUrl, group: name };
  if (isGroup || !name.includes('/')) return { meant: group };
  const project: Prefix = { kind: 'project', apiUrl, project: name };
  return list === undefined && !isRepository ? { meant: project, orElse: group } : { meant: project };
}

/** First words of a path that are none of a project or group (gitlabhq lib/gitlab/path_regex.rb, TOP_LEVEL_ROUTES). */
const reserved =
  /^(?:-|\.well-known|admin|api|assets|dashboard|explore|files|groups|health_check|help|import|jwt|login|oauth|profile|projects|public|s|search|sitemap|snippets|unsubscribes|uploads|users|v2|[\w.-]+\.(?:html|ico|png|txt|xml|gz))$/i;

/** Whether GitLab itself answers for the path of a project or group: by its header, or on the way to its own sign-in page. */
function isPlainPage(name: string, root: string, { url, observation: { outcome } }: FailingRequest): boolean {
  if (reserved.test(name.split('/')[0] ?? '') || outcome.kind !== 'answered') return false;
  const signIn = new URL(`${root}users/sign_in`, url).href;
  return outcome.headers['x-gitlab-meta'] !== undefined || outcome.hops.some(({ to }) => to === signIn);
}

/** What is said of such a line. */
export function pageStatement(clues: Clues, { meant, orElse }: PageOfGitLab): Statement {
  const { registry, dependency } = clues.case.target;
  const scope = scopeOf(dependency.name);
  return {
    title: `${registry.url} is an address of this GitLab's pages, not of its npm registry`,
    seen: seenLine(clues, 'configuration'),
    location: registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'name the npm registry of this GitLab, and write its key alike',
      ...mapToPrefix(clues, scope, meant, [
        `every npm route of this GitLab lies below ${meant.apiUrl}, which is CI_API_V4_URL in the job`,
        ...(meant.kind === 'instance'
          ? ['the prefix of the project or group that holds the packages does as well']
          : []),
        ...(orElse ? [`where it is the page of a group: ${prefixUrl(orElse)}`] : []),
      ]),
    },
  };
}

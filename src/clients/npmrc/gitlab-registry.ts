/** Whether the text of a registry, with or without references in it, names one of GitLab's npm prefixes (GitLab model, section 1). */
export function isGitLabRegistry(text: string): boolean {
  return (
    /^(?:https?:\/\/[^@?#]*|\$\{\w+\}[^@?#]*)\/packages\/npm\/?$/.test(text) &&
    (text.includes('/api/v4/') || text.includes('${'))
  );
}

/** Whether the text of a registry names one that serves private packages only: GitLab's, or GitHub's by its documented addresses. */
export function isForgeRegistry(text: string): boolean {
  return (
    isGitLabRegistry(text) ||
    /^https:\/\/npm\.(?:pkg\.github\.com|[\w-]+\.ghe\.com)(?:\/|$)|^https?:\/\/[^@?#/]+\/_registry\/npm(?:\/|$)/.test(
      text,
    )
  );
}

/** Whether the last part of a registry's text is an owner behind GitHub's, as old instructions had it: the address without it is the right one. */
export function endsWithOwner(text: string): boolean {
  return isForgeRegistry(text) && /^https?:\/\/(?:npm\.[^/]+|[^/]+\/_registry\/npm)\/[^/]+$/.test(text);
}

/** The scope of the setting `@scope:registry`; `null` for every other key. */
export function scopeOfKey(key: string): string | null {
  return /^(@[^:/]+):registry$/.exec(key)?.[1] ?? null;
}

/** What keeps the text of a GitLab registry from being one of its routes, with the text as it must be. */
export interface RouteFault {
  corrected: string;
  why: string;
}

/**
 * The fault of a registry's text that is meant for a prefix of GitLab and is no route of it: a path with open slashes, `/-/` left out or put in, an end that
 * is missing, or an API that is gone. `null` for every other text. Source: GitLab model, section 1; the API v3 was taken out in 11.0.
 */
export function routeFault(text: string): RouteFault | null {
  // a proxy of GitLab's for packages of others has routes of its own
  if (/\/dependency_proxy\/packages\//.test(text)) return null;
  const [, base = '', version, kind, place = '', dash = '', end = ''] =
    /^([^?#\s]*?(?:\/api\/(v\d)|\$\{\w+\}))\/(?:(projects|groups)\/([^?#\s]+?)\/(-\/)?)?(packages\/npm\/?)$/.exec(
      text,
    ) ?? [];
  if (end === '') return cutRoute(text);
  if (version === undefined && kind === undefined) return null;
  const [wanted, why] = placeFault(kind, place, dash);
  const isOld = version === 'v3';
  if (!isOld && why === null) return null;
  const below = kind === undefined ? '' : `${kind}/${wanted}/${kind === 'groups' ? '-/' : ''}`;
  return {
    corrected: `${isOld ? base.replace(/v3$/, 'v4') : base}/${below}${end}`,
    why: isOld ? 'GitLab has no API v3, its routes are below /api/v4/' : (why ?? ''),
  };
}

/**
 * The address of the API, or of a project or group in it, without the npm route behind it, with a half of it, with that of another kind of package, or with more
 * behind it: a package, a query (user reports).
 */
function cutRoute(text: string): RouteFault | null {
  const [, base, kind, place = '', more] =
    /^(https?:\/\/[^?#\s]*?\/api\/v4|\$\{CI_API_V4_URL\})(?:\/(projects|groups)\/([^?#\s]+?)(?:\/-)?)?(?:\/packages(?!\/npm\/+$)(?:\/[^?#\s]*)?|\/(npm))?\/?(?:[?#]\S*)?$/.exec(
      text,
    ) ?? [];
  // the name of a project may end so
  if (base === undefined || (kind !== undefined && more !== undefined && !/^\d+$|[%$]/.test(place)))
    return null;
  const [wanted] = placeFault(kind, place, '-/');
  const below = kind === undefined ? '' : `${kind}/${wanted}/${kind === 'groups' ? '-/' : ''}`;
  return {
    corrected: `${base}/${below}packages/npm/`,
    why: 'the address of an npm registry of GitLab ends with packages/npm/: this is no route of it',
  };
}

function placeFault(
  kind: string | undefined,
  place: string,
  dash: string,
): readonly [place: string, why: string | null] {
  if (kind === undefined) return ['', null];
  const what = kind === 'projects' ? 'project' : 'group';
  if (place === '${CI_PROJECT_PATH}')
    return [
      '${CI_PROJECT_ID}',
      'the path of a project has a slash, which has to be %2F in a route of GitLab',
    ];
  if (place.includes('/'))
    return [
      place.split('/').join('%2F'),
      `the slash in the path of the ${what} has to be %2F: this is no route of GitLab`,
    ];
  if (kind === 'groups' && dash === '')
    return [place, '/-/ is missing behind the group: this is no route of GitLab'];
  if (kind === 'projects' && dash !== '')
    return [place, '/-/ belongs behind a group, not behind a project: this is no route of GitLab'];
  return [place, null];
}

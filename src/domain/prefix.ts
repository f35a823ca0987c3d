import { percentDecoded, percentEncoded } from './percent-form.ts';
/** One of the three npm routes of a GitLab below its API URL. `project` and `group` are ids or full paths, decoded. */
export type Prefix =
  | { kind: 'instance'; apiUrl: string }
  | { kind: 'group'; apiUrl: string; group: string }
  | { kind: 'project'; apiUrl: string; project: string };

/** The registry URL of a prefix, with its final slash (truth: GitLab model, section 1). */
export function prefixUrl(prefix: Prefix): string {
  switch (prefix.kind) {
    case 'instance':
      return `${prefix.apiUrl}/packages/npm/`;
    case 'group':
      return `${prefix.apiUrl}/groups/${percentEncoded(prefix.group)}/-/packages/npm/`;
    case 'project':
      return `${prefix.apiUrl}/projects/${percentEncoded(prefix.project)}/packages/npm/`;
  }
}

/**
 * The prefix that a registry or tarball URL lies under, `null` when the URL is no GitLab npm route.
 * `apiUrl` ends before the route, so a relative root stays part of it.
 */
export function prefixOf(url: string): Prefix | null {
  const match =
    /^(https?:\/\/[^?#]*?\/api\/v4)\/(?:(groups)\/([^/]+)\/-\/|(projects)\/([^/]+)\/)?packages\/npm(?:\/|$)/i.exec(
      url,
    );
  if (!match?.[1]) return null;
  const apiUrl = match[1];
  if (match[2] && match[3]) return { kind: 'group', apiUrl, group: percentDecoded(match[3]) };
  if (match[4] && match[5]) return { kind: 'project', apiUrl, project: percentDecoded(match[5]) };
  return { kind: 'instance', apiUrl };
}

/** How messages name a prefix: `instance`, `group acme`, `project 324`. */
export function describePrefix(prefix: Prefix): string {
  switch (prefix.kind) {
    case 'instance':
      return 'instance';
    case 'group':
      return `group ${prefix.group}`;
    case 'project':
      return `project ${prefix.project}`;
  }
}

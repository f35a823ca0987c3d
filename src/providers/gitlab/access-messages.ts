/** GitLab's own words in refusals; `A` and `B` stand for the last path segments of consumer and package project. */
export const message = {
  unauthorized: '401 Unauthorized',
  basicDenied: 'HTTP Basic: Access denied',
  forbidden: '403 Forbidden',
  insufficientScope: 'insufficient_scope',
  notFound: '404 Not Found',
  groupNotFound: '404 Group Not Found',
  projectNotFound: '404 Project Not Found',
  packageNotFound: '404 Package Not Found',
  packagesNotFound: '404 Packages Not Found',
  tagNotFound: '404 Package Tag Not Found',
  notAllowedFrom: '403 Forbidden - Authentication by CI/CD job token not allowed from A to B.',
  mayNotRead:
    '403 Forbidden - Insufficient permissions to access this resource in project B. The following token permission is required: read_packages.',
  mayNotAdminister:
    '403 Forbidden - Insufficient permissions to access this resource in project B. The following token permission is required: admin_packages.',
  gitNotAllowedFrom: 'Authentication by CI/CD job token not allowed from A to B.',
  gitNoRole: 'Insufficient permissions to pull from the repository of project B.',
  gitNoDownload: 'You are not allowed to download code from this project.',
  gitNoRepository: 'A repository for this project does not exist yet.',
  gitNotFound: "The project you were looking for could not be found or you don't have permission to view it.",
} as const;

/**
 * A message with the real names in place of `A` and `B`: the last path segments of `consumer` and `target`
 * (GitLab model, section 4). Texts without such places come back unchanged.
 */
export function nameProjects(text: string, consumer: string, target: string): string {
  const a = lastSegment(consumer);
  const b = lastSegment(target);
  return text
    .replace(' from A to B.', () => ` from ${a} to ${b}.`)
    .replace(' project B.', () => ` project ${b}.`);
}

function lastSegment(fullPath: string): string {
  return fullPath.slice(fullPath.lastIndexOf('/') + 1);
}

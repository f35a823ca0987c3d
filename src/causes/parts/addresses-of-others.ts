/** Where the registries that people run beside GitLab's have their API: their pages are at other addresses (documentation of each). */
export const addressesOfOthers =
  'the API has another address than the pages: GitLab …/api/v4/…, Artifactory …/api/npm/NAME/, Nexus …/repository/NAME/, Azure Artifacts …/npm/registry/, Gitea …/api/packages/OWNER/npm/';

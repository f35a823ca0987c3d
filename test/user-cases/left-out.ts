/** Reports with a confirmed cause that no world plays, each with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  'UC-002': 'a fault of GitLab 12, long gone: its answers are those of a missing role',
  'UC-041': "a release tool's own questions, which neither an install nor a publish asks",
  'UC-068': 'about a route of the API that no package manager asks',
  'UC-139': 'published to the public registry from behind a mirror, and no GitLab takes part',
  'UC-151': "the lookup of a build tool's own, which is none of the clients",
  'UC-152': 'published to the public registry, and no GitLab takes part',
  'UC-153': 'published to the public registry, and no GitLab takes part',
};

import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-flashcake';

/** A real report: after the upgrade to 18.0 each project was added to the other direction's list only. */
export const allowlistOtherDirection: Scenario = {
  name: 'allowlist-other-direction',
  story: 'GitLab 18.0, Maintainer in both projects, yet 403: the entry stands in the wrong project',
  url,
  gitlab: gitlab({ version: '18.0' })
    .project('flashcake/my-project', { id: 512 })
    .project('chaptesi/my-library', { id: 324 })
    .member('alice', 'maintainer', 'flashcake/my-project')
    .member('alice', 'maintainer', 'chaptesi/my-library')
    .allow('flashcake/my-project', 'chaptesi/my-library')
    .jobToken(token, { project: 'flashcake/my-project', user: 'alice' })
    .package('chaptesi/my-library', '@chaptesi/my-library', '1.2.3'),
  env: {
    ...jobVariables({
      url,
      version: '18.0.1',
      project: 'flashcake/my-project',
      projectId: 512,
      user: 'alice',
      token,
    }),
    GITLAB_AUTH_TOKEN: token,
  },
  files: {
    'package.json': manifest({ '@chaptesi/my-library': '1.2.3' }),
    '.npmrc': `@chaptesi:registry=https://gitlab.example.com/api/v4/packages/npm/
'//gitlab.example.com/api/v4/packages/npm/:_authToken'="\${GITLAB_AUTH_TOKEN}"
'//gitlab.example.com/api/v4/projects/324/packages/npm/:_authToken'="\${GITLAB_AUTH_TOKEN}"
`,
  },
  home: {},
  npm: '10.9.2',
  command: 'verify',
};

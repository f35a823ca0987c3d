import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-wrong-scope';

/** Published as @ui/button below the group acme. */
export const wrongScope: Scenario = {
  name: 'wrong-scope',
  story: 'the scope is not the root namespace, so the instance prefix can not serve it',
  url,
  gitlab: gitlab({ version: '18.2' })
    .group('acme')
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'reporter', 'acme')
    .allow('acme/ui', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@ui/button', '2.0.0'),
  env: jobVariables({ url, version: '18.2.1', project: 'acme/shop', projectId: 512, user: 'alice', token }),
  files: {
    'package.json': manifest({ '@ui/button': '^2.0.0' }),
    '.npmrc': `@ui:registry=${url}/api/v4/packages/npm/
//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}
`,
  },
  home: {},
  npm: '10.9.2',
  command: 'verify',
};

import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-registry-members-only';

/** Without an entry the token is a stranger there, whatever the role of its user. */
export const registryMembersOnly: Scenario = {
  name: 'registry-members-only',
  story: 'a public project whose package registry is for members only',
  url,
  gitlab: gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('tools/lint', { id: 77, visibility: 'public', registry: 'private' })
    .member('alice', 'developer', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('tools/lint', '@tools/lint', '3.0.1'),
  env: jobVariables({ url, version: '18.2.1', project: 'acme/shop', projectId: 512, user: 'alice', token }),
  files: {
    'package.json': manifest({ '@tools/lint': '^3.0.0' }),
    '.npmrc': `@tools:registry=${url}/api/v4/projects/77/packages/npm/\n`,
  },
  home: {},
  npm: '10.9.2',
  command: 'run',
};

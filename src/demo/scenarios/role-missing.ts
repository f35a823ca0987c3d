import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-role-missing';

/** A job token never has more rights than its user. */
export const roleMissing: Scenario = {
  name: 'role-missing',
  story: 'the consumer is on the list, the user who started the pipeline is no member',
  url,
  gitlab: gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'developer', 'acme/shop')
    .allow('acme/ui', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0'),
  env: jobVariables({ url, version: '18.2.1', project: 'acme/shop', projectId: 512, user: 'alice', token }),
  files: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) },
  home: {},
  npm: '10.9.2',
  command: 'run',
};

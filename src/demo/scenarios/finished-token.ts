import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-finished-token';

/** A job token dies with its job, and is then refused even where nobody needs one. */
export const finishedToken: Scenario = {
  name: 'finished-token',
  story: 'the token of an earlier job, kept in a variable',
  url,
  gitlab: gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'developer', 'acme/shop')
    .member('alice', 'reporter', 'acme/ui')
    .allow('acme/ui', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice', status: 'finished' })
    .package('acme/ui', '@acme/ui', '1.4.0'),
  env: jobVariables({ url, version: '18.2.1', project: 'acme/shop', projectId: 512, user: 'alice', token }),
  files: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) },
  home: {},
  npm: '10.9.2',
  command: 'run',
};

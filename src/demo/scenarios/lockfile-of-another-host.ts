import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-lockfile-of-another-host';

/** The client follows the lockfile, whatever the configuration says (measured: clients.md l06). */
export const lockfileOfAnotherHost: Scenario = {
  name: 'lockfile-of-another-host',
  story: 'the lockfile was made against the old address of the server',
  url,
  gitlab: gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'developer', 'acme/shop')
    .member('alice', 'reporter', 'acme/ui')
    .allow('acme/ui', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0'),
  env: jobVariables({ url, version: '18.2.1', project: 'acme/shop', projectId: 512, user: 'alice', token }),
  files: {
    'package.json': manifest({ '@acme/ui': '1.4.0' }),
    'package-lock.json': `${JSON.stringify(
      {
        name: 'my-project',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'my-project', version: '1.0.0', dependencies: { '@acme/ui': '1.4.0' } },
          'node_modules/@acme/ui': {
            version: '1.4.0',
            resolved:
              'https://git.old.example/api/v4/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz',
          },
        },
      },
      null,
      2,
    )}\n`,
  },
  home: {},
  npm: '10.9.2',
  command: 'run',
};

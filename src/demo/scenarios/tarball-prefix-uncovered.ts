import { gitlab } from '../../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from '../scenario.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-tarball-prefix-uncovered';

/** npm lends the key of the registry only to tarballs on the same host (measured: clients.md k39). */
export const tarballPrefixUncovered: Scenario = {
  name: 'tarball-prefix-uncovered',
  story: 'metadata is asked at one address of the server, the tarball lies at another',
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
            resolved: `${url}/api/v4/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz`,
          },
        },
      },
      null,
      2,
    )}\n`,
    '.npmrc': '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}\n',
  },
  home: {},
  npm: '10.9.2',
  command: 'verify',
};

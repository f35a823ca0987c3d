import { gitlab } from '../../simulator/gitlab.ts';
import { acmeScenario, acmeToken, acmeUrl } from '../acme.ts';
import { manifest } from '../scenario.ts';

/** Published as `@ui/button` below the group acme. */
export const wrongScope = acmeScenario({
  name: 'wrong-scope',
  story: 'the scope is not the root namespace, so the instance prefix can not serve it',
  gitlab: gitlab({ version: '18.2' })
    .group('acme')
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'reporter', 'acme')
    .allow('acme/ui', 'acme/shop')
    .jobToken(acmeToken, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@ui/button', '2.0.0'),
  files: {
    'package.json': manifest({ '@ui/button': '^2.0.0' }),
    '.npmrc': `@ui:registry=${acmeUrl}/api/v4/packages/npm/
//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}
`,
  },
  command: 'verify',
});

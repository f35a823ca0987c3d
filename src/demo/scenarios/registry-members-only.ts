import { gitlab } from '../../simulator/gitlab.ts';
import { acmeScenario, acmeToken, acmeUrl } from '../acme.ts';
import { manifest } from '../scenario.ts';

/** Without an entry the token is a stranger there, whatever the role of its user. */
export const registryMembersOnly = acmeScenario({
  name: 'registry-members-only',
  story: 'a public project whose package registry is for members only',
  gitlab: gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('tools/lint', { id: 77, visibility: 'public', registry: 'private' })
    .member('alice', 'developer', 'acme/shop')
    .jobToken(acmeToken, { project: 'acme/shop', user: 'alice' })
    .package('tools/lint', '@tools/lint', '3.0.1'),
  files: {
    'package.json': manifest({ '@tools/lint': '^3.0.0' }),
    '.npmrc': `@tools:registry=${acmeUrl}/api/v4/projects/77/packages/npm/\n`,
  },
});

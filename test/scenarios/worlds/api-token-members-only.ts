import { maintained, withApiToken } from '../maintainer.ts';
import { friends, rc, situation } from '../situation.ts';

export const apiTokenMembersOnly = situation({
  name: 'api-token-members-only',
  story:
    'an internal project whose registry is for members: alice is none, and opening the registry would do too',
  gitlab: maintained(
    friends()
      .project('acme/ui', { visibility: 'internal', registry: 'private' })
      .member('alice', 'none', 'acme/ui'),
  ),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP302 confirmed: @acme/ui@^1.0.0', 'NP304 confirmed: @acme/ui@^1.0.0'],
  },
});

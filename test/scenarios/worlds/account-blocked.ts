import { friends, rc, situation } from '../situation.ts';

export const accountBlocked = situation({
  name: 'account-blocked',
  story:
    'an administrator blocked the user of the pipeline: GitLab says so to every request, before it looks at the package',
  gitlab: friends().user('alice', { denied: 'Your account has been blocked.' }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'not-a-registry': 'the words are those of GitLab, and about the account',
    'role-missing': 'the account has its role, and may make no request at all',
  },
});

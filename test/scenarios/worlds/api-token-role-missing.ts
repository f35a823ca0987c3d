import { maintained, withApiToken } from '../maintainer.ts';
import { rc, situation, strangers } from '../situation.ts';

export const apiTokenRoleMissing = situation({
  name: 'api-token-role-missing',
  story: '17.3: the list names a group above the consumer, so that only the role is left',
  gitlab: maintained(strangers({ version: '17.3' }).allow('acme/ui', 'acme')),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'not-on-allowlist': 'a group entry lets it in' },
});

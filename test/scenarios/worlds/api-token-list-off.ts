import { maintained, withApiToken } from '../maintainer.ts';
import { rc, situation, strangers } from '../situation.ts';

export const apiTokenListOff = situation({
  name: 'api-token-list-off',
  story: '17.3: the list is empty and not in force, so that only the role is left',
  gitlab: maintained(strangers({ version: '17.3' }).project('acme/ui', { allowlist: 'off' })),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'not-on-allowlist': 'an empty list that is not in force lets everybody in' },
});

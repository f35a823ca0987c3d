import { maintained, withApiToken } from '../maintainer.ts';
import { rc, situation, strangers } from '../situation.ts';

export const apiTokenWeak = situation({
  name: 'api-token-weak',
  story: 'the same with the token of a Developer: everything stays possible, and a note says why',
  gitlab: maintained(strangers({ version: '17.3' }).member('alice', 'reporter', 'acme/ui'), {
    role: 'developer',
  }),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 possible: @acme/ui@^1.0.0 | outbound-limit'] },
});

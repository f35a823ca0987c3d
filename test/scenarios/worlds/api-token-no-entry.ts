import { maintained, withApiToken } from '../maintainer.ts';
import { rc, situation, strangers } from '../situation.ts';

export const apiTokenNoEntry = situation({
  name: 'api-token-no-entry',
  story: "17.3 says 404 to everything, a Maintainer's token reads that the list is without the consumer",
  gitlab: maintained(strangers({ version: '17.3' }).member('alice', 'reporter', 'acme/ui')),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'role-missing': 'the members name alice as Reporter',
    'project-not-found': 'the settings can be read, so it exists',
    'outbound-limit': 'the consumer does not limit its token',
  },
});

import { maintained, withApiToken } from '../maintainer.ts';
import { friends, rc, situation } from '../situation.ts';

export const apiTokenOutboundLimit = situation({
  name: 'api-token-outbound-limit',
  story: '17.5: the list of acme/ui is not in force, and the settings of the consumer limit its token',
  gitlab: maintained(
    friends({ version: '17.5' })
      .project('acme/ui', { allowlist: 'off' })
      .project('acme/shop', { outbound: [] }),
  ),
  npmrc: `${rc.instance}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP306 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'not-on-allowlist': 'the list is not in force' },
});

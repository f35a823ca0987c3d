import { maintained, withApiToken } from '../maintainer.ts';
import { friends, rc, situation } from '../situation.ts';

export const apiTokenPermissionMissing = situation({
  name: 'api-token-permission-missing',
  story: 'an entry without permissions for packages, and a token that reads that there is an entry',
  gitlab: maintained(friends({ version: '18.4' }).allow('acme/ui', 'acme/shop', [])),
  npmrc: `${rc.instance}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP303 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'registry-restricted': 'the settings name a private project with an open registry',
    'not-on-allowlist': 'there is an entry',
  },
});

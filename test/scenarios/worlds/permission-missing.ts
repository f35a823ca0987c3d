import { friends, rc, situation } from '../situation.ts';

export const permissionMissing = situation({
  name: 'permission-missing',
  story: 'an entry with fine-grained permissions, none of them for packages',
  gitlab: friends({ version: '18.4' }).allow('acme/ui', 'acme/shop', []),
  npmrc: `${rc.instance}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP303 possible: @acme/ui@^1.0.0 | registry-restricted'],
  },
  nearMissOf: { 'not-on-allowlist': 'there is an entry, without the permission' },
});

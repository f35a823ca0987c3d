import { friends, rc, situation } from '../situation.ts';

export const permissionGranted = situation({
  name: 'permission-granted',
  story: 'an entry whose only permission is Packages: Read',
  gitlab: friends({ version: '18.4' }).allow('acme/ui', 'acme/shop', ['read_packages']),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'fine-grained-permission-missing': 'the entry has the permission' },
});

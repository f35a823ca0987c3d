import { rc, situation, strangers } from '../situation.ts';

export const internalProject = situation({
  name: 'internal-project',
  story: 'an internal project whose registry is open to everyone with access',
  gitlab: strangers({ version: '18.4' }).project('acme/ui', { visibility: 'internal' }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'registry-restricted': 'everyone with access may pull',
    'role-missing': 'internal: no role is needed',
  },
});

import { friends, rc, situation, url } from '../situation.ts';

export const unscopedPrivate = situation({
  name: 'unscoped-private',
  story: 'an unscoped private package at a project prefix',
  gitlab: friends().package('acme/ui', 'acme-kit', '1.0.0'),
  npmrc: `registry=${url}/api/v4/projects/324/packages/npm/\n${rc.key}`,
  dependencies: { 'acme-kit': '^1.0.0' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'default-registry-replaced': 'the one form for private packages without a scope' },
});

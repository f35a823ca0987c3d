import { rc, situation, strangers } from '../situation.ts';

export const ownProject = situation({
  name: 'own-project',
  story: "the package is the consumer's own: no entry is needed",
  gitlab: strangers().package('acme/shop', '@acme/shop-kit', '2.0.0'),
  dependencies: { '@acme/shop-kit': '^2.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'not-on-allowlist': "a project's own jobs need no entry" },
});

import { rc, situation, strangers } from '../situation.ts';

export const severalOfOneProject = situation({
  name: 'several-of-one-project',
  story: 'two packages of one project are refused for one reason',
  gitlab: strangers().member('alice', 'reporter', 'acme/ui').package('acme/ui', '@acme/theme', '3.1.0'),
  dependencies: { '@acme/theme': '^3.0.0', '@acme/ui': '^1.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 confirmed: @acme/theme@^3.0.0, @acme/ui@^1.0.0'],
  },
  nearMissOf: { 'check-crashed': 'every check comes to its end' },
});

import { friends, rc, situation } from '../situation.ts';

export const guessIsAnotherProject = situation({
  name: 'guess-is-another-project',
  story: 'a hidden project of the same name deeper in the group holds the package',
  gitlab: friends({ version: '18.2' })
    .project('acme/web/icons', { id: 340 })
    .allow('acme/web/icons', 'acme/shop')
    .package('acme/web/icons', '@acme/icons', '1.0.0')
    .project('acme/icons', { id: 341 }),
  dependencies: { '@acme/icons': '^1.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 possible: @acme/icons@^1.0.0 | role-missing'],
  },
});

import { rc, situation, strangers } from '../situation.ts';

export const twoProjectsTwoCauses = situation({
  name: 'two-projects-two-causes',
  story: 'one project lacks the entry, the other one the role',
  gitlab: strangers()
    .member('alice', 'reporter', 'acme/ui')
    .project('acme/core', { id: 325 })
    .allow('acme/core', 'acme/shop')
    .package('acme/core', '@acme/core', '1.0.0'),
  dependencies: { '@acme/core': '^1.0.0', '@acme/ui': '^1.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 confirmed: @acme/ui@^1.0.0', 'NP302 confirmed: @acme/core@^1.0.0'],
  },
});

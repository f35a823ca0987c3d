import { friends, rc, situation } from '../situation.ts';

export const packageNotPublished = situation({
  name: 'package-not-published',
  story: 'forwarding is off and nobody published the package',
  gitlab: friends({ forwarding: false }),
  npmrc: `${rc.project}${rc.key}`,
  dependencies: { '@acme/icons': '^1.0.0' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP501 confirmed: @acme/icons@^1.0.0'] },
  nearMissOf: {
    'scope-is-not-root-namespace': 'the project prefix takes any name',
    'forwarded-to-public': 'GitLab says 404 and sends nobody away',
    'version-not-found': 'no version at all',
  },
});

import { friends, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** registry= instead of a line for the scope: public packages are asked at the private host. */
export const defaultRegistry: UserCase = {
  ids: ['UC-106', 'UC-123'],
  world: situation({
    name: 'default-registry',
    story: 'a public package is asked at the private registry',
    gitlab: friends({ forwarding: false }),
    dependencies: { '@acme/ui': '^1.0.0', yn: '^3.1.1' },
    npmrc:
      'registry=https://gitlab.example.com/api/v4/packages/npm/\n//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}\n',
    npm: '6.14.18',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP110 confirmed: yn@^3.1.1'] },
  }),
  fix: 'a line for the scope alone',
  remedy: ['@acme:registry=https://gitlab.example.com/api/v4/packages/npm/'],
};

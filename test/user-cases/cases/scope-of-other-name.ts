import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The scope is not the name of the root group. */
export const scopeOfOtherName: UserCase = {
  ids: ['UC-053'],
  world: situation({
    name: 'scope-of-other-name',
    story: '@design below the root group acme, asked at the instance prefix',
    gitlab: friends({ forwarding: false }).package('acme/ui', '@design/ui', '1.0.0'),
    dependencies: { '@design/ui': '^1.0.0' },
    npmrc: `@design:registry=https://gitlab.example.com/api/v4/packages/npm/\n${rc.key}`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP112 confirmed: @design/ui@^1.0.0'] },
  }),
  fix: 'name it after the root group, or use the group or project prefix',
  remedy: ['@design', /groups\/|projects\//],
};

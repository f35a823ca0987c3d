import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The token must reach the package and all that it needs. */
export const transitiveOfOtherProject: UserCase = {
  ids: ['UC-048'],
  world: situation({
    name: 'transitive-of-other-project',
    story: 'a dependency of the package lies in a project that alice is no member of',
    gitlab: friends({ version: '17.8' })
      .package('acme/ui', '@acme/kit', '2.0.0', { dependencies: { '@acme/core': '^1.0.0' } })
      .project('acme/core', { id: 325 })
      .allow('acme/core', 'acme/shop')
      .package('acme/core', '@acme/core', '1.2.0'),
    dependencies: { '@acme/kit': '^2.0.0' },
    npmrc: `${rc.instance}${rc.key}`,
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP302 possible: @acme/core@^1.0.0 | registry-restricted'],
    },
  }),
  fix: 'a token that reads every project: the deploy token of the group, or a token of a user with access to all',
  remedy: ['core', 'alice', 'Reporter', 'deploy token'],
};

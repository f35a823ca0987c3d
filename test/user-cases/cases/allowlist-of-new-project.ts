import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** Projects made since 16.0 list only themselves; the older ones of the same group still let every job in. */
export const allowlistOfNewProject: UserCase = {
  ids: ['UC-056'],
  world: situation({
    name: 'allowlist-of-new-project',
    story: 'after the upgrade to 16.0 only the new project is closed',
    gitlab: friends({ version: '16.0' })
      .project('acme/ui', { allowlist: 'off' })
      .project('acme/new', { id: 700 })
      .member('alice', 'reporter', 'acme/new')
      .package('acme/new', '@acme/new', '1.0.0'),
    dependencies: { '@acme/ui': '^1.0.0', '@acme/new': '^1.0.0' },
    npmrc: `${rc.instance}${rc.key}`,
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP301 possible: @acme/new@^1.0.0 | outbound-limit, registry-restricted, role-missing'],
    },
  }),
  fix: 'list the consumer in the new project',
  remedy: ['acme/shop', 'new', 'job token allowlist'],
};

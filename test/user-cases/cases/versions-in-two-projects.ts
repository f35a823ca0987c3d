import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The instance prefix lists the versions of one project only; the wanted one lies in another. */
export const versionsInTwoProjects: UserCase = {
  ids: ['UC-013'],
  world: situation({
    name: 'versions-in-two-projects',
    story: 'one name published from two projects, and the wanted version is not listed',
    gitlab: friends({ version: '16.3' })
      .package('acme/ui', '@acme/foo', '1.0.0')
      .project('acme/foo-next', { id: 331 })
      .member('alice', 'reporter', 'acme/foo-next')
      .allow('acme/foo-next', 'acme/shop')
      .package('acme/foo-next', '@acme/foo', '2.0.0'),
    dependencies: { '@acme/foo': '1.0.0' },
    npmrc: `${rc.instance}${rc.key}`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP502 possible: @acme/foo@1.0.0 | role-missing'] },
  }),
  fix: 'the prefix of the project that holds the version',
  remedy: ['projects/<id>/packages/npm/ of the project that holds 1.0.0'],
  carryOut: (world) => ({ ...world, files: { ...world.files, '.npmrc': `${rc.project}${rc.key}` } }),
};

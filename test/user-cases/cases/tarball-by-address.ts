import { manifest } from '../../../src/demo/scenario.ts';
import { friends, rc, situation, tarballUrl } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** A dependency given as the address of a tarball on GitLab, which npm took for a git repository. */
export const tarballByAddress: UserCase = {
  ids: ['UC-061'],
  world: situation({
    name: 'tarball-by-address',
    story: 'the dependency is the address of a tarball',
    gitlab: friends(),
    dependencies: { '@acme/ui': tarballUrl(324, '@acme/ui', '1.4.0') },
    npmrc: `${rc.instance}${rc.key}`,
    npm: '7.0.15',
    expected: {
      verdict: 'pass',
      exitCode: 0,
      findings: [
        'warning NP114 confirmed: @acme/ui@https://gitlab.example.com/api/v4/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz',
      ],
    },
  }),
  fix: 'ask for it by name and version',
  remedy: ['"@acme/ui": "1.4.0"', 'by name and version'],
  carryOut: (world) => ({
    ...world,
    files: { ...world.files, 'package.json': manifest({ '@acme/ui': '1.4.0' }) },
  }),
};

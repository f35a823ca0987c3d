import { friends, lockfile, situation, tarballUrl } from '../../scenarios/situation.ts';
import { workflow } from '../places.ts';
import type { UserCase } from '../user-case.ts';

/** The lockfile alone sends the install to a private host; the configuration knows nothing of it. */
export const lockfileWithoutConfiguration: UserCase = {
  ids: ['UC-133'],
  world: situation({
    name: 'lockfile-without-configuration',
    story: 'the lockfile was made behind a private registry, and nothing else names it',
    gitlab: friends(),
    dependencies: { 'left-pad': '^1.3.0' },
    lock: lockfile(
      { 'left-pad': '^1.3.0' },
      { 'left-pad': { version: '1.3.0', resolved: tarballUrl(324, 'left-pad', '1.3.0') } },
    ),
    variables: workflow,
    npm: '10.9.2',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: left-pad@1.3.0'] },
  }),
  fix: 'make the lockfile anew',
  remedy: ['delete package-lock.json', 'no private registry is configured', 'commit the lockfile'],
  carryOut: (world) => ({
    ...world,
    files: {
      ...world.files,
      'package-lock.json': lockfile({ 'left-pad': '^1.3.0' }, { 'left-pad': { version: '1.3.0' } }),
    },
  }),
};

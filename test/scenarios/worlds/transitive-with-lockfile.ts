import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

export const transitiveWithLockfile = situation({
  name: 'transitive-with-lockfile',
  story: 'the lockfile has a private package of a project that is closed',
  gitlab: friends()
    .package('acme/ui', '@acme/kit', '2.0.0', { dependencies: { '@acme/core': '^1.0.0' } })
    .project('acme/core', { id: 325 })
    .member('alice', 'reporter', 'acme/core')
    .package('acme/core', '@acme/core', '1.2.0'),
  dependencies: { '@acme/kit': '^2.0.0' },
  lock: lockfile(
    { '@acme/kit': '^2.0.0' },
    {
      '@acme/kit': {
        version: '2.0.0',
        resolved: tarballUrl(324, '@acme/kit', '2.0.0'),
        dependencies: { '@acme/core': '^1.0.0' },
      },
      '@acme/core': { version: '1.2.0', resolved: tarballUrl(325, '@acme/core', '1.2.0') },
    },
  ),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/core@1.2.0'] },
});

import { friends, rc, situation } from '../situation.ts';

export const transitiveWithoutLockfile = situation({
  name: 'transitive-without-lockfile',
  story: 'a private package needs another one of a project that is closed',
  gitlab: friends()
    .package('acme/ui', '@acme/kit', '2.0.0', { dependencies: { '@acme/core': '^1.0.0' } })
    .project('acme/core', { id: 325 })
    .member('alice', 'reporter', 'acme/core')
    .package('acme/core', '@acme/core', '1.2.0'),
  dependencies: { '@acme/kit': '^2.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/core@^1.0.0'] },
});

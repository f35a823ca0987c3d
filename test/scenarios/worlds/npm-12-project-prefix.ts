import { friends, rc, situation } from '../situation.ts';

export const npm12ProjectPrefix = situation({
  name: 'npm-12-project-prefix',
  story: 'npm 12 and the project prefix, below which the tarballs lie',
  gitlab: friends(),
  npmrc: `${rc.project}${rc.key}`,
  npm: '12.2.0',
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'remote-tarball-refused': 'the tarball lies below the registry' },
});

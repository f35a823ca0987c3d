import { friends, rc, situation } from '../situation.ts';

export const remoteTarballRefused = situation({
  name: 'remote-tarball-refused',
  story: 'npm 12 and the instance prefix, whose tarballs lie at the project',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  npm: '12.2.0',
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP117 confirmed: @acme/ui@1.4.0'] },
});

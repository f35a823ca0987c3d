import { friends, rc, situation } from '../situation.ts';

export const tarballHostReplaced = situation({
  name: 'tarball-host-replaced',
  story: 'npm is told to put its registry in place of every host of a tarball, which is the default registry',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}replace-registry-host=always\n`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP109 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'scope-not-mapped': 'the scope is mapped, and the metadata comes from there',
    'lockfile-pins-other-registry': 'there is no lockfile: a setting moves the tarball',
  },
});

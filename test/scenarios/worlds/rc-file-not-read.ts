import { friends, rc, situation } from '../situation.ts';

export const rcFileNotRead = situation({
  name: 'rc-file-not-read',
  story: 'Yarn 4 and an .npmrc, which it never reads',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  client: { name: 'yarn-berry', version: '4.18.1' },
  files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP107 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'scope-not-mapped': 'the scope is mapped, in a file that this client passes over' },
});

import { friends, rc, situation } from '../situation.ts';

export const keyOfTheUser = situation({
  name: 'key-of-the-user',
  story: "the file of the runner's user has a key for another server, the project has none for this one",
  gitlab: friends(),
  npmrc: rc.instance,
  home: { '.npmrc': '//gitlab.other.example/api/v4/packages/npm/:_authToken=${OTHER_TOKEN}\n' },
  variables: { OTHER_TOKEN: 'glpat-of-the-other-server' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'auth-key-mismatch': 'a user may have keys for other projects' },
});

import { friends, rc, situation } from '../situation.ts';

export const authKeyMismatch = situation({
  name: 'auth-key-mismatch',
  story: 'the key is written for the port of another service',
  gitlab: friends(),
  npmrc: `${rc.instance}//gitlab.example.com:8443/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP104 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'auth-key-missing': 'there is a key, with another port' },
});

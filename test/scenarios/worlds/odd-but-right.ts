import { friends, situation, url } from '../situation.ts';

export const oddButRight = situation({
  name: 'odd-but-right',
  story: 'quotes, spaces and comments that npm takes as they are meant',
  gitlab: friends(),
  npmrc: `; registry of acme\n@acme:registry = "${url}/api/v4/packages/npm/"\n'//gitlab.example.com/api/v4/:_authToken' = '\${CI_JOB_TOKEN}'\n`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'malformed-rc-line': 'unusual, and npm reads it as it is meant' },
});

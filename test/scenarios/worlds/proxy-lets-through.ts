import { passingProxy } from '../passages.ts';
import { friends, situation } from '../situation.ts';

export const proxyLetsThrough = situation({
  name: 'proxy-lets-through',
  story: 'the proxy of the job opens the tunnel',
  url: 'http://gitlab.example.com',
  gitlab: friends(),
  npmrc:
    '@acme:registry=http://gitlab.example.com/api/v4/packages/npm/\n//gitlab.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}\n',
  passage: passingProxy,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'proxy-failed': 'the proxy does what it should' },
});

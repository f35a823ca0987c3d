import { friends, rc, situation } from '../situation.ts';

export const registryWithoutScheme = situation({
  name: 'registry-without-scheme',
  story: 'the registry line has a host and no https:// in front: npm ends with an invalid URL',
  gitlab: friends(),
  npmrc: `@acme:registry=gitlab.example.com/api/v4/packages/npm/\n${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP109 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-malformed': 'nothing is sent for the address, whatever the token is' },
});

import { rc, situation, strangers, url } from '../situation.ts';

export const heldAtAnotherPrefix = situation({
  name: 'held-at-another-prefix',
  story: '17.5: the line names a project without the package, which the instance prefix holds and refuses',
  gitlab: strangers({ version: '17.5' }).member('alice', 'reporter', 'acme/ui'),
  npmrc: `@acme:registry=${url}/api/v4/projects/512/packages/npm/\n${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP501 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'forwarded-to-public': 'GitLab holds the package: the instance prefix says 403 of it' },
});

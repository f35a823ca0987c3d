import { rc, situation, strangers, token } from '../situation.ts';

export const finishedTokenPublicProject = situation({
  name: 'finished-token-public-project',
  story: 'a dead token is refused even where nobody needs one',
  gitlab: strangers()
    .project('acme/ui', { visibility: 'public', registry: 'public' })
    .jobToken(token, { project: 'acme/shop', user: 'alice', status: 'finished' }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'registry-restricted': 'open to anybody' },
});

import { rc, situation, strangers } from '../situation.ts';

export const externalUser = situation({
  name: 'external-user',
  story: 'an internal project, and a job user who is external',
  gitlab: strangers().user('alice', { external: true }).project('acme/ui', { visibility: 'internal' }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
});

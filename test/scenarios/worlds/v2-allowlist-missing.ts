import { rc, situation, strangers } from '../situation.ts';

export const v2AllowlistMissing = situation({
  name: 'v2-allowlist-missing',
  story: 'variant V2: metadata answers 200, only the tarball is refused',
  gitlab: strangers({ version: '18.1', variant: 'V2' }).member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'role-missing': 'the 200 proves the role',
    'tarball-prefix-uncovered': 'the key covers the tarball, the token is refused',
  },
});

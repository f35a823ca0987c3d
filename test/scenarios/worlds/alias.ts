import { rc, situation, strangers } from '../situation.ts';

export const alias = situation({
  name: 'alias',
  story: 'a private package under another name',
  gitlab: strangers().member('alice', 'reporter', 'acme/ui'),
  dependencies: { ui: 'npm:@acme/ui@^1.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
});

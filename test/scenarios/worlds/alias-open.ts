import { friends, rc, situation } from '../situation.ts';

export const aliasOpen = situation({
  name: 'alias-open',
  story: 'a private package under another name, and nothing in the way',
  gitlab: friends(),
  dependencies: { ui: 'npm:@acme/ui@^1.0.0' },
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
});

import { rc, situation, strangers } from '../situation.ts';

export const overriddenRefusedAlike = situation({
  name: 'overridden-refused-alike',
  story: '17.5: run keeps the project line of the checkout, which hides what the instance prefix refuses',
  gitlab: strangers({ version: '17.5' }).member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.project}${rc.key}`,
  command: 'run',
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 possible: @acme/ui@^1.0.0 | outbound-limit'],
  },
  nearMissOf: { 'overridden-by-other-rc': 'the line of the checkout is right, and no other prefix would do' },
});

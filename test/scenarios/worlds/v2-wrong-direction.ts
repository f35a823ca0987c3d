import { rc, situation, strangers } from '../situation.ts';

export const v2WrongDirection = situation({
  name: 'v2-wrong-direction',
  story: 'variant V2: the entry stands in the list of the consumer',
  gitlab: strangers({ version: '18.1', variant: 'V2' })
    .member('alice', 'reporter', 'acme/ui')
    .allow('acme/shop', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@1.4.0'] },
});

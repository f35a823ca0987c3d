import { rc, situation, strangers } from '../situation.ts';

export const checkCrashed = situation({
  name: 'check-crashed',
  story: 'one of our own checks crashes beside a true cause',
  gitlab: strangers().allow('acme/ui', 'acme/shop'),
  npmrc: `${rc.instance}${rc.key}`,
  crashing: 'rate-limited',
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP302 confirmed: @acme/ui@^1.0.0', 'NP901 confirmed: @acme/ui@^1.0.0'],
  },
});

import { rc, situation, strangers } from '../situation.ts';

export const internalMembersOnly = situation({
  name: 'internal-members-only',
  story: 'an internal project whose registry is for members only',
  gitlab: strangers().project('acme/ui', { visibility: 'internal', registry: 'private' }),
  npmrc: `${rc.project}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP302 possible: @acme/ui@^1.0.0 | registry-restricted'],
  },
});

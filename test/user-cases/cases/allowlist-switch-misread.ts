import { rc, situation, strangers } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The switch "Allow access …" of GitLab 16 limits access when it is on; it was read the other way round. */
export const allowlistSwitchMisread: UserCase = {
  ids: ['UC-017'],
  world: situation({
    name: 'allowlist-switch-misread',
    story: 'the switch of GitLab 16.1 is on and nobody is listed',
    gitlab: strangers({ version: '16.1' }).member('alice', 'reporter', 'acme/ui'),
    npmrc: `${rc.instance}${rc.key}`,
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP301 possible: @acme/ui@^1.0.0 | outbound-limit, registry-restricted, role-missing'],
    },
  }),
  fix: 'keep the limit on and list the consumer, or switch it off',
  remedy: ['acme/shop', 'acme/ui', 'job token allowlist'],
};

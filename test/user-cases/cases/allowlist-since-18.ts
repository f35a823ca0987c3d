import { rc, situation, strangers } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** 18.0 took "all groups and projects" away. */
export const allowlistSince18: UserCase = {
  ids: ['UC-057'],
  world: situation({
    name: 'allowlist-since-18',
    story: 'pipelines fail since the upgrade to 18.0',
    gitlab: strangers({ version: '18.0', enforceAllowlist: true })
      .project('acme/ui', { allowlist: 'off' })
      .member('alice', 'reporter', 'acme/ui'),
    npmrc: `${rc.instance}${rc.key}`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'list the group or the project in each target',
  remedy: ['acme/shop', 'group "acme"', 'acme/ui', 'job token allowlist'],
};

import { situation, strangers, url } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** A shared project of another private group, and GitLab's own sentence about the job token. */
export const allowlistOfOtherGroup: UserCase = {
  ids: ['UC-058'],
  world: situation({
    name: 'allowlist-of-other-group',
    story: 'the shared project of another group does not list the consumer',
    gitlab: strangers({ version: '18.0' })
      .project('platform/flows', { id: 900 })
      .member('alice', 'reporter', 'platform/flows')
      .package('platform/flows', '@platform/flows', '3.1.0'),
    dependencies: { '@platform/flows': '^3.0.0' },
    npmrc: `@platform:registry=${url}/api/v4/packages/npm/\n//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @platform/flows@^3.0.0'] },
  }),
  fix: 'list the group or the project in the target',
  remedy: ['acme/shop', 'group "acme"', 'flows', 'job token allowlist'],
};

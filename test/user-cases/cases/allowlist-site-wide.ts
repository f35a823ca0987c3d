import { situation, strangers } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

const root = 'https://gitlab.example.com/gitlab';

/** The administrators switched the allowlist on for every project of a server that lies below a path. */
export const allowlistSiteWide: UserCase = {
  ids: ['UC-007'],
  world: situation({
    name: 'allowlist-site-wide',
    story: 'the administrators limit every project of a GitLab 16 below /gitlab',
    url: root,
    gitlab: strangers({ version: '16.8', relativeRoot: '/gitlab' }).member('alice', 'reporter', 'acme/ui'),
    npmrc: `@acme:registry=${root}/api/v4/projects/324/packages/npm/\n//gitlab.example.com/gitlab/api/v4/projects/324/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: [
        'NP301 possible: @acme/ui@^1.0.0 | outbound-limit, project-not-found, registry-restricted, role-missing',
      ],
    },
  }),
  fix: 'the owner of the package project lists the consumer',
  remedy: ['acme/shop', '324', 'job token allowlist'],
};

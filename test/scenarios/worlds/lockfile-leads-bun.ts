import { friends, situation, tarballUrl } from '../situation.ts';

export const lockfileLeadsBun = situation({
  name: 'lockfile-leads-bun',
  story:
    'only the lockfile leads Bun to GitLab, for whose host there is a key that this version looks up for no tarball',
  gitlab: friends(),
  client: { name: 'bun', version: '1.4.3' },
  npmrc: '//gitlab.example.com/:_authToken=${CI_JOB_TOKEN}\n',
  files: {
    'bun.lock': `${JSON.stringify({
      lockfileVersion: 1,
      workspaces: { '': { name: 'my-project', dependencies: { '@acme/ui': '^1.0.0' } } },
      packages: { '@acme/ui': ['@acme/ui@1.4.0', tarballUrl(324, '@acme/ui', '1.4.0'), {}, ''] },
    })}\n`,
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'auth-key-mismatch': 'however the key is written, it belongs to no registry that the package has',
  },
});

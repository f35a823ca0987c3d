import { githubLock, onGitHub, openGitHub } from '../github-situation.ts';

const actions = openGitHub().package('@acme/icons', '2.0.0', { repository: 'acme/icons' });

/** Each package has a list of its own. */
export const actionsAccessForAllButOne = onGitHub({
  name: 'actions-access-for-all-but-one',
  story: 'with a lockfile only tarballs are asked, and one of two packages does not list the repository',
  github: actions,
  dependencies: { '@acme/icons': '2.0.0', '@acme/ui': '1.4.0' },
  lock: githubLock(actions, ['@acme/icons', '@acme/ui']),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP312 confirmed: @acme/icons@2.0.0'] },
});

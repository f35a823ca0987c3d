import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** GitLab finds nothing and redirects, so the client shows the public registry's 404. */
export const forwardedAnswer: UserCase = {
  ids: ['UC-073'],
  world: situation({
    name: 'forwarded-answer',
    story: "the client reports another registry's 404 for a name mapped to GitLab",
    gitlab: friends(),
    dependencies: { '@acme/unknown': '^1.0.0' },
    npmrc: `${rc.instance}${rc.key}`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP503 confirmed: @acme/unknown@^1.0.0'] },
  }),
  fix: "switch forwarding off to see GitLab's own answer",
  remedy: ['forwarding off', '@acme/unknown'],
};

/** Published to the instance prefix, which takes nothing: the package is in no registry. */
export const publishedNowhere: UserCase = {
  ids: ['UC-027'],
  world: situation({
    name: 'published-nowhere',
    story: 'the package was sent to the instance prefix and never arrived',
    gitlab: friends({ version: '17.5', forwarding: false }),
    dependencies: { '@acme/parts': '^1.0.0' },
    npmrc: `${rc.instance}${rc.key}`,
    npm: '7.20.6',
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP501 confirmed: @acme/parts@^1.0.0'],
    },
  }),
  fix: 'publish to the project prefix, and look for the package on its page',
  remedy: ['publish', '@acme/parts', 'page', /projects\/<id>|project prefix/],
};

import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const unexplainedAnswer = situation({
  name: 'unexplained-answer',
  story: 'an answer that no rule of GitLab and no other cause explains',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/packages/npm/') ? { status: 418, body: '{"message":"I am a teapot"}' } : null,
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP902 possible: @acme/ui@^1.0.0'] },
});

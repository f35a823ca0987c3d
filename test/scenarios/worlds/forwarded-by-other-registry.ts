import { inFront } from '../passages.ts';
import { friends, situation } from '../situation.ts';

export const forwardedByOtherRegistry = situation({
  name: 'forwarded-by-other-registry',
  story: 'a registry that is no GitLab sends the client on to the public one',
  gitlab: friends(),
  npmrc: '@corp:registry=https://gitlab.example.com/npm/\n',
  dependencies: { '@corp/kit': '^1.0.0' },
  passage: inFront((path) =>
    path.startsWith('/npm/')
      ? { status: 302, headers: { location: 'https://public-registry.example/@corp%2fkit' } }
      : null,
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP503 confirmed: @corp/kit@^1.0.0'] },
});

import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const signInPage = situation({
  name: 'sign-in-page',
  story: 'a portal answers every path with its sign-in page',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront(() => ({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!DOCTYPE html><title>Sign in</title>',
  })),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP407 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'package-not-found': 'no registry answered' },
});

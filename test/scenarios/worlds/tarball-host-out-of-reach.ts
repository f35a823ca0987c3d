import { freePort } from '../../io/support/servers.ts';
import { onGitHub, openGitHub } from '../github-situation.ts';

/** Egress lists need both hosts. */
export const tarballHostOutOfReach = onGitHub({
  name: 'tarball-host-out-of-reach',
  story: 'the runner reaches the registry of GitHub, and not the host that it redirects tarballs to',
  github: openGitHub(),
  passage: async () => ({
    origin: null,
    origins: { 'https://pkg-npm.githubusercontent.com': `http://127.0.0.1:${await freePort()}` },
  }),
  inputs: { retries: '0' },
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP402 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: { 'actions-access-missing': 'the registry itself answered with a redirect' },
});

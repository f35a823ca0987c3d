import { friends, rc, situation } from '../situation.ts';

const words = 'Access denied: the IP address 192.0.2.10 is not allowed';

export const addressNotAllowed = situation({
  name: 'address-not-allowed',
  story: 'the proxy in front of GitLab refuses the address of the runner and says so',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: async () => ({
    origin: null,
    answers: ({ url, read }) => ({
      kind: 'answered',
      status: 403,
      url,
      hops: [],
      headers: { 'content-type': 'text/plain' },
      body:
        read.kind === 'text'
          ? { kind: 'text', text: words, complete: true }
          : { kind: 'digest', bytes: words.length, complete: true, gzip: false, excerpt: words, digests: {} },
      attempts: 1,
    }),
  }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP309 confirmed: @acme/ui@^1.0.0'] },
});

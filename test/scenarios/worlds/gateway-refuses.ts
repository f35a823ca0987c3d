import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const gatewayRefuses = situation({
  name: 'gateway-refuses',
  story: 'a gateway in front of GitLab refuses everything in words of its own, in JSON as GitLab does',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront(() => ({ status: 403, body: '{"message":"Missing Authentication Token"}' })),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: [
      'NP407 possible: @acme/ui@^1.0.0 | fine-grained-permission-missing, not-on-allowlist, registry-restricted, role-missing',
    ],
  },
});

import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishElsewherePublic = publishSituation({
  name: 'publish-elsewhere-public',
  story: 'a package without publishConfig goes to the public registry, which is nobody here to ask',
  gitlab: friends(),
  manifest: { name: 'shop-tools', publishConfig: undefined },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'already-published': 'the public registry is never asked' },
});

import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const alreadyPublished = publishSituation({
  name: 'already-published',
  story: 'the version in package.json was published by an earlier pipeline',
  gitlab: friends().package('acme/shop', '@acme/shop-kit', '1.1.0'),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP505 confirmed: @acme/shop-kit@1.1.0'],
  },
});

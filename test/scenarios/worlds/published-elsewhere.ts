import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishedElsewhere = publishSituation({
  name: 'published-elsewhere',
  story: 'another project below the root group holds the same version of the name',
  gitlab: friends().package('acme/ui', '@acme/shop-kit', '1.1.0'),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP505 confirmed: @acme/shop-kit@1.1.0'],
  },
});

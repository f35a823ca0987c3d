import { publishSituation } from '../publish-situation.ts';
import { friends, rc } from '../situation.ts';

export const publishWithoutKey = publishSituation({
  name: 'publish-without-key',
  story: 'the only key belongs to the instance prefix, and the push goes to the project prefix',
  gitlab: friends(),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP102 confirmed: @acme/shop-kit@1.1.0'],
  },
});

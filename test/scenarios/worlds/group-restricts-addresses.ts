import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const groupRestrictsAddresses = publishSituation({
  name: 'group-restricts-addresses',
  story: 'the group lets only the addresses of the office in, and the runner stands elsewhere',
  gitlab: friends().group('acme', { ipRestricted: true }),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP309 possible: @acme/shop-kit@1.1.0'],
  },
  nearMissOf: { 'role-missing': 'GitLab tells the role of the job user in the own project' },
});

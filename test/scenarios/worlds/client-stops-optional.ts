import { manifest } from '../../../src/demo/scenario.ts';
import { friends, rc, situation } from '../situation.ts';

export const clientStopsOptional = situation({
  name: 'client-stops-optional',
  story: 'npm ends at a token without a registry, so the one optional package is not merely left out',
  gitlab: friends(),
  files: { 'package.json': manifest({}, { optionalDependencies: { '@acme/ui': '^1.0.0' } }) },
  npmrc: `${rc.instance}_authToken=\${CI_JOB_TOKEN}\n`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP109 confirmed: @acme/ui@^1.0.0'] },
});

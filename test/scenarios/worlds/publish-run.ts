import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishRun = publishSituation({
  name: 'publish-run',
  story: 'nothing is configured: run writes the credential that the push needs',
  gitlab: friends(),
  npmrc: '',
  command: 'run',
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'auth-key-missing': 'the key is written by this very run' },
});

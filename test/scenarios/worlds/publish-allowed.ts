import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishAllowed = publishSituation({
  name: 'publish-allowed',
  story: 'a Developer publishes a new version to the own project: nothing stands against it',
  gitlab: friends().package('acme/shop', '@acme/shop-kit', '1.0.0'),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'publish-role-missing': 'Developer is enough',
    'already-published': 'another version is there',
    'publish-to-read-only-prefix': 'it is the prefix of the project',
    'auth-key-missing': 'the key of all projects covers it',
  },
});

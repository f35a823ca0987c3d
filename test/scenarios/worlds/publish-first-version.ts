import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishFirstVersion = publishSituation({
  name: 'publish-first-version',
  story: 'a package that was never published goes to a project without packages',
  gitlab: friends(),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
});

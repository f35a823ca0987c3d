import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends, rc } from '../situation.ts';

export const publishMappedWithYarn = publishSituation({
  name: 'publish-mapped-with-yarn',
  story: "the same files with Yarn 1, which takes publishConfig.registry before the scope's line",
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}//gitlab.example.com/api/v4/projects/512/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
  client: { name: 'yarn', version: '1.22.22' },
  manifest: { packageManager: 'yarn@1.22.22', publishConfig: { registry: projectRegistry(512) } },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'publish-to-read-only-prefix': "this client publishes to publishConfig's registry" },
});

import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishRunYarnBerry = publishSituation({
  name: 'publish-run-yarn-berry',
  story: 'the same with Yarn 4, which reads its own file and takes publishConfig.registry',
  gitlab: friends(),
  npmrc: '',
  command: 'run',
  client: { name: 'yarn-berry', version: '4.10.0' },
  manifest: {
    packageManager: 'yarn@4.10.0',
    publishConfig: { registry: projectRegistry(512), '@acme:registry': projectRegistry(512) },
  },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
});

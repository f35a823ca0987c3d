import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishRunBun = publishSituation({
  name: 'publish-run-bun',
  story: 'with Bun a registry of publishConfig gets no credential: that is said, not called right',
  gitlab: friends(),
  npmrc: '',
  command: 'run',
  client: { name: 'bun', version: '1.2.0' },
  manifest: {
    packageManager: 'bun@1.2.0',
    publishConfig: { registry: projectRegistry(512), '@acme:registry': projectRegistry(512) },
  },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
});

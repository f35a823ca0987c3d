import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends, rc } from '../situation.ts';

export const publishMappedToInstance = publishSituation({
  name: 'publish-mapped-to-instance',
  story: "publishConfig.registry is right, but npm takes the scope's line of the .npmrc before it",
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  manifest: { publishConfig: { registry: projectRegistry(512) } },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP116 confirmed: @acme/shop-kit@1.1.0'],
  },
});

import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishToOtherProject = publishSituation({
  name: 'publish-to-other-project',
  story: 'the packages of all projects go to acme/ui, where a job token is not told the role of its user',
  gitlab: friends(),
  manifest: { publishConfig: { '@acme:registry': projectRegistry(324) } },
  expected: {
    verdict: 'pass',
    exitCode: 0,
    findings: [
      'warning NP307 possible: @acme/shop-kit@1.1.0 | fine-grained-permission-missing, package-protected',
    ],
  },
});

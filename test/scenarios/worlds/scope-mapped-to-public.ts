import { publicHost } from '../../../src/domain/public-registry.ts';
import { friends, rc, situation } from '../situation.ts';

export const scopeMappedToPublic = situation({
  name: 'scope-mapped-to-public',
  story: 'a line maps the scope to the public npm registry, and the input scopes says that it is private',
  gitlab: friends(),
  npmrc: `@acme:registry=https://${publicHost}/\n${rc.key}`,
  inputs: { scopes: '@acme' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP101 confirmed: @acme/ui@^1.0.0'] },
});

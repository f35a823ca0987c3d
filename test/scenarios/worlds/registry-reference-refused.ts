import { friends, rc, situation } from '../situation.ts';

export const registryReferenceRefused = situation({
  name: 'registry-reference-refused',
  story: 'pnpm 12 stops at a registry of the project that refers to a variable',
  gitlab: friends(),
  npmrc: '@acme:registry=${CI_API_V4_URL}/packages/npm/\n',
  home: { '.npmrc': rc.key },
  client: { name: 'pnpm', version: '12.21.0' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP106 confirmed: @acme/ui@^1.0.0'] },
});

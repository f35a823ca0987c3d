import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishRegistryOff = publishSituation({
  name: 'publish-registry-off',
  story: 'the package registry of the own project is switched off',
  gitlab: friends().project('acme/shop', { registry: 'disabled' }),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP304 confirmed: @acme/shop-kit@1.1.0'],
  },
  nearMissOf: { 'address-not-allowed': 'the project can be seen, its packages can not' },
});

import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** Fine-grained permissions: the entry is there and opens nothing. */
export const entryWithoutPackages: UserCase = {
  ids: ['UC-055'],
  world: situation({
    name: 'entry-without-packages',
    story: 'the consumer is listed, without the permission for packages',
    gitlab: friends({ version: '18.3' }).allow('acme/ui', 'acme/shop', []),
    npmrc: `${rc.instance}${rc.key}`,
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP303 possible: @acme/ui@^1.0.0 | registry-restricted'],
    },
  }),
  fix: 'grant Packages: Read on the entry',
  remedy: ['Packages: Read', 'acme/shop', 'ui'],
};

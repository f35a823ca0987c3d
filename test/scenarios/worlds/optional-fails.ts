import { manifest } from '../../../src/demo/scenario.ts';
import { friends, rc, situation } from '../situation.ts';

export const optionalFails = situation({
  name: 'optional-fails',
  story: 'an optional dependency that npm would leave out',
  gitlab: friends()
    .project('acme/native', { id: 330 })
    .allow('acme/native', 'acme/shop')
    .package('acme/native', '@acme/native', '1.0.0'),
  files: {
    'package.json': manifest(
      { '@acme/ui': '^1.0.0' },
      { optionalDependencies: { '@acme/native': '^1.0.0' } },
    ),
  },
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: ['warning NP302 confirmed: @acme/native@^1.0.0'] },
});

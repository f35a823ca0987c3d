import { expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { play } from '../scenarios/play.ts';
import { friends, url } from '../scenarios/situation.ts';
import { releaseAgeGate } from '../scenarios/worlds/release-age-gate.ts';

it('gives one list for all scopes that the client holds back: a second one would be no valid file', async () => {
  const { report } = await play({
    ...releaseAgeGate,
    gitlab: friends().package('acme/ui', '@kit/grid', '1.0.0'),
    files: {
      'package.json': manifest({ '@acme/ui': '^1.0.0', '@kit/grid': '^1.0.0' }),
      '.yarnrc.yml': [
        'npmScopes:',
        ...['acme', 'kit'].flatMap((scope) => [
          `  ${scope}:`,
          `    npmRegistryServer: "${url}/api/v4/projects/324/packages/npm/"`,
          '    npmAuthToken: "${CI_JOB_TOKEN-}"',
        ]),
        '',
      ].join('\n'),
    },
  });
  expect(report.findings.map(({ code, packages, remedy }) => [code, packages, remedy.edit?.after])).toEqual([
    [
      'NP118',
      ['@acme/ui@^1.0.0', '@kit/grid@^1.0.0'],
      'npmPreapprovedPackages:\n  - "@acme/*"\n  - "@kit/*"',
    ],
  ]);
});

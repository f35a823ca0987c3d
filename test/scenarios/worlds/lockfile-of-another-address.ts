import { friends, rc, situation, tarballUrl } from '../situation.ts';

export const lockfileOfAnotherAddress = situation({
  name: 'lockfile-of-another-address',
  story:
    'pnpm 12 compares the address in the lockfile with the metadata, and an old relative root stands there',
  gitlab: friends(),
  home: { '.npmrc': `${rc.instance}${rc.key}` },
  client: { name: 'pnpm', version: '12.21.0' },
  dependencies: { '@acme/ui': '1.4.0' },
  files: {
    'pnpm-lock.yaml': [
      "lockfileVersion: '9.0'",
      'importers:',
      '  .:',
      '    dependencies:',
      "      '@acme/ui':",
      '        specifier: 1.4.0',
      '        version: 1.4.0',
      'packages:',
      "  '@acme/ui@1.4.0':",
      `    resolution: {tarball: ${tarballUrl(324, '@acme/ui', '1.4.0').replace('/api', '/gitlab/api')}}`,
      'snapshots:',
      "  '@acme/ui@1.4.0': {}",
      '',
    ].join('\n'),
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
});

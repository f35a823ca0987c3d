import { friends, situation, tarballUrl } from '../situation.ts';

const archive = encodeURIComponent(tarballUrl(324, '@acme/ui', '1.4.0'));

export const lockfileLeadsYarnBerry = situation({
  name: 'lockfile-leads-yarn-berry',
  story: 'Yarn 4: no line maps the scope, and the lockfile alone leads to the tarball',
  gitlab: friends(),
  client: { name: 'yarn-berry', version: '4.9.4' },
  files: {
    '.yarnrc.yml': 'nodeLinker: node-modules\n',
    'yarn.lock': `__metadata:
  version: 8
  cacheKey: 10c0

"@acme/ui@npm:^1.0.0":
  version: 1.4.0
  resolution: "@acme/ui@npm:1.4.0::__archiveUrl=${archive}"
  languageName: node
  linkType: hard

"my-project@workspace:.":
  version: 0.0.0-use.local
  resolution: "my-project@workspace:."
  dependencies:
    "@acme/ui": "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`,
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
});

import { publicHost } from '../../../src/domain/public-registry.ts';
import { inFront } from '../passages.ts';
import { friends, situation } from '../situation.ts';

export const metadataNamesPublicTarball = situation({
  name: 'metadata-names-public-tarball',
  story: 'a mirror with a registry of its own passes on what the public registry says of the name',
  gitlab: friends(),
  npmrc: '@acme:registry=https://gitlab.example.com/mirror/\n',
  passage: inFront((path) =>
    path.startsWith('/mirror/')
      ? {
          status: 200,
          body: JSON.stringify({
            name: '@acme/ui',
            'dist-tags': { latest: '1.4.0' },
            versions: {
              '1.4.0': {
                name: '@acme/ui',
                version: '1.4.0',
                dist: { tarball: `https://${publicHost}/@acme/ui/-/ui-1.4.0.tgz` },
              },
            },
          }),
        }
      : null,
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP503 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'scope-not-mapped': 'a line maps the scope, and its registry answered',
    'malformed-rc-line': 'no setting moves the tarball: the metadata names it',
  },
});

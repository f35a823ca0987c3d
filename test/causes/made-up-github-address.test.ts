import { describe, expect, it } from 'vitest';
import type { GitHubBuilder } from '../../src/simulator/github/github.ts';
import { closedGitHub, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';

/** What is found of a Yarn 4 whose lockfile has no address for the tarball. */
async function found(github: GitHubBuilder) {
  const { report } = await play(
    onGitHub({
      name: 'no address',
      story: 'the entry was made where another registry served the package',
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      github,
      client: { name: 'yarn-berry', version: '4.9.1' },
      files: {
        '.yarnrc.yml':
          'npmScopes:\n  acme:\n    npmRegistryServer: "https://npm.pkg.github.com"\n    npmAuthToken: "${NODE_AUTH_TOKEN-}"\n',
        'yarn.lock':
          '__metadata:\n  version: 8\n\n"@acme/ui@npm:^1.0.0":\n  version: 1.4.0\n  resolution: "@acme/ui@npm:1.4.0"\n  languageName: node\n  linkType: hard\n\n"my-project@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "my-project@workspace:."\n  dependencies:\n    "@acme/ui": "npm:^1.0.0"\n  languageName: unknown\n  linkType: soft\n',
      },
    }),
  );
  return report.findings.map(findingLine);
}

describe('a tarball that Yarn looks for at an address which it makes up', () => {
  it('says nothing of the access that the metadata is refused for', async () => {
    expect(await found(closedGitHub())).toEqual(['NP312 confirmed: @acme/ui@1.4.0']);
  });

  it('is what fails where the metadata is given', async () => {
    expect(await found(openGitHub())).toEqual(['NP111 confirmed: @acme/ui@1.4.0']);
  });
});

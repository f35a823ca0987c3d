import { friends, rc, situation, tarballUrl } from '../../scenarios/situation.ts';
import { ownToken, workflow } from '../places.ts';
import type { UserCase } from '../user-case.ts';

const withOwnToken = friends().personalToken(ownToken, { user: 'alice', scopes: ['read_api'] });
const lock = `# yarn lockfile v1\n\n\n"@acme/ui@^1.0.0":\n  version "1.4.0"\n  resolved "${tarballUrl(324, '@acme/ui', '1.4.0')}"\n`;

/** The action wrote the mapping, and no key because its input was empty. */
export const keyNotWritten: UserCase = {
  ids: ['UC-091'],
  world: situation({
    name: 'key-not-written',
    story: 'Yarn 1 in a GitHub workflow: the mapping is there and no key',
    gitlab: withOwnToken,
    npmrc: rc.instance,
    variables: { ...workflow, GITLAB_TOKEN: ownToken, GITHUB_TOKEN: 'ghs_demo-token-of-the-workflow-000000' },
    client: { name: 'yarn', version: '1.22.22' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'the token under the right name, so that the key is written',
  remedy: [
    /\/\/gitlab\.example\.com\/api\/v4\/packages\/npm\/:_authToken=\$\{GITLAB_TOKEN\}/,
    'secret',
    'each step',
  ],
};

/** No key at all for a registry that wants a token. */
export const noKeyAtAll: UserCase = {
  ids: ['UC-105'],
  world: situation({
    name: 'no-key-at-all',
    story: 'npm is told the registry and no token',
    gitlab: withOwnToken,
    npmrc: rc.instance,
    variables: { ...workflow, NPM_TOKEN: ownToken },
    inputs: { 'token-env': 'NPM_TOKEN' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'a key with a token that may read packages',
  remedy: ['//gitlab.example.com/api/v4/packages/npm/:_authToken=${NPM_TOKEN}'],
};

/** No mapping, so the public registry is asked. */
export const scopeUnmapped: UserCase = {
  ids: ['UC-108'],
  world: situation({
    name: 'scope-unmapped',
    story: 'the scope has a key and no registry line; @acme=… is none either',
    gitlab: friends(),
    npmrc: `@acme=https://gitlab.example.com/api/v4/packages/npm/\n${rc.key}`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP101 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'the line @acme:registry=…',
  remedy: ['@acme:registry=https://gitlab.example.com/api/v4/'],
};

/** The file that has it all lies on a laptop only. */
export const fileLeftOut: UserCase = {
  ids: ['UC-138'],
  world: situation({
    name: 'file-left-out',
    story: '.npmrc is in .gitignore, so the build of Yarn 1 never had it',
    gitlab: friends(),
    client: { name: 'yarn', version: '1.22.10' },
    files: { '.gitignore': 'node_modules\n.npmrc\n', 'yarn.lock': lock },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  }),
  fix: 'commit the file, or let the job write it',
  remedy: ['.npmrc', '.gitignore', 'let the job write it'],
};

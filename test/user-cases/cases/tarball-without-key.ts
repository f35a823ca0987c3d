import { friends, rc, situation, tarballUrl } from '../../scenarios/situation.ts';
import { ownToken, workflow } from '../places.ts';
import type { UserCase } from '../user-case.ts';

const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken=';

/** Yarn 1 sends a token only where a key covers the tarball's own address. */
export const yarnTarballWithoutKey: UserCase = {
  ids: ['UC-035'],
  world: situation({
    name: 'yarn-tarball-without-key',
    story: 'npm installs with the same file, Yarn 1 in a GitHub workflow does not',
    gitlab: friends().personalToken(ownToken, { user: 'alice', scopes: ['read_api'] }),
    npmrc: `${rc.instance}${key}\${GITLAB_TOKEN}\n`,
    variables: { ...workflow, GITLAB_TOKEN: ownToken },
    client: { name: 'yarn', version: '1.22.5' },
    files: {
      'yarn.lock': `# yarn lockfile v1\n\n\n"@acme/ui@^1.0.0":\n  version "1.4.0"\n  resolved "${tarballUrl(324, '@acme/ui', '1.4.0')}"\n`,
    },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  }),
  fix: 'a key for the prefix of the project',
  remedy: [
    /\/\/gitlab\.example\.com\/api\/v4\/projects\/(324\/packages\/npm\/)?:_authToken=\$\{GITLAB_TOKEN\}/,
  ],
};

/** pnpm matches keys by the tarball's address, npm falls back to the scope's. */
export const pnpmTarballWithoutKey: UserCase = {
  ids: ['UC-076'],
  world: situation({
    name: 'pnpm-tarball-without-key',
    story: 'npm installs with the same file, pnpm gets 404 for the tarball of another project',
    gitlab: friends({ version: '17.5' }),
    npmrc: `${rc.instance}${key}\${CI_JOB_TOKEN}\n`,
    client: { name: 'pnpm', version: '7.18.2' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  }),
  fix: 'a key for the prefix of the project',
  remedy: [
    /\/\/gitlab\.example\.com\/api\/v4\/projects\/(324\/packages\/npm\/)?:_authToken=\$\{CI_JOB_TOKEN\}/,
  ],
};

/** One release of npm lent the registry's token to no other path of the host; the dependency of the package lies in another project. */
export const npmTarballWithoutKey: UserCase = {
  ids: ['UC-001'],
  world: situation({
    name: 'npm-tarball-without-key',
    story: 'npm 7.11.0 sends the job token with the metadata, and none with the tarball of another project',
    gitlab: friends({ version: '17.5' }),
    npmrc: `${rc.instance}${key}\${CI_JOB_TOKEN}\n`,
    npm: '7.11.0',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  }),
  fix: 'a key for the prefix of the project',
  remedy: [
    /\/\/gitlab\.example\.com\/api\/v4\/projects\/(324\/packages\/npm\/)?:_authToken=\$\{CI_JOB_TOKEN\}/,
  ],
};

import { onGitHub, openGitHub } from '../github-situation.ts';
import { pageOf } from '../passages.ts';

const server = 'https://github.corp.test';

export const pagesOfGithubServer = onGitHub({
  name: 'pages-of-github-server',
  story:
    'the same with a GitHub Enterprise Server, whose registry has one of two addresses, and Yarn 1 without a key for it',
  github: openGitHub({ serverUrl: server }),
  client: { name: 'yarn', version: '1.22.22' },
  npmrc: `@acme:registry=${server}\n`,
  passage: pageOf(server),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP407 confirmed: @acme/ui@^1.0.0'] },
});

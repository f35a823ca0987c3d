import { githubRc, onGitHub, openGitHub } from '../github-situation.ts';
import { pageOf } from '../passages.ts';

export const pagesOfGithub = onGitHub({
  name: 'pages-of-github',
  story: 'the registry line has the address by which people know GitHub and its owner, where no registry is',
  github: openGitHub(),
  npmrc: `@acme:registry=https://github.com/acme\n${githubRc.key}//github.com/:_authToken=\${NODE_AUTH_TOKEN}\n`,
  passage: pageOf('https://github.com'),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP407 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'package-not-found': 'a page that is not there says nothing of packages' },
});

import { friends, rc, situation, token } from '../situation.ts';

export const basicCredential = situation({
  name: 'basic-credential',
  story: 'user and password in base64, as other registries take them',
  gitlab: friends(),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_auth=\${NPM_AUTH}\n`,
  variables: { NPM_AUTH: Buffer.from(`gitlab-ci-token:${token}`).toString('base64') },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP203 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-rejected': 'the token is alive, its envelope is wrong' },
});

import { friends, rc, situation } from '../situation.ts';

export const variableUnset = situation({
  name: 'variable-unset',
  story: 'the key refers to a protected variable on an unprotected branch',
  gitlab: friends(),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${GITLAB_NPM_TOKEN}\n`,
  variables: { CI_COMMIT_REF_NAME: 'feature/x', CI_COMMIT_REF_PROTECTED: 'false' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-missing': 'the job has a token, only the named variable is empty' },
});

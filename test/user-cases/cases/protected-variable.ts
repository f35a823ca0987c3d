import { friends, rc, situation } from '../../scenarios/situation.ts';
import { unprotectedRef } from '../places.ts';
import type { UserCase } from '../user-case.ts';

const npmrc = `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${GL_TOKEN}\n`;

/** A protected variable is empty on a branch that is not protected, the default branch included. */
export const protectedVariableOnBranch: UserCase = {
  ids: ['UC-081', 'UC-083'],
  world: situation({
    name: 'protected-variable-on-branch',
    story: 'the token is a protected variable, and the default branch is not protected',
    gitlab: friends({ version: '17.5' }),
    npmrc,
    variables: unprotectedRef('main'),
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'protect the branch, or the variable no more',
  remedy: ['GL_TOKEN', 'main', 'unprotect', 'protect the ref'],
};

/** The same on a tag. */
export const protectedVariableOnTag: UserCase = {
  ids: ['UC-082'],
  world: situation({
    name: 'protected-variable-on-tag',
    story: 'the token is a protected variable, and the tag is not protected',
    gitlab: friends({ version: '17.5' }),
    npmrc,
    variables: { ...unprotectedRef('v1.2.0'), CI_COMMIT_TAG: 'v1.2.0' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'protect the pattern of the tags',
  remedy: ['GL_TOKEN', 'v1.2.0', 'Protected tags'],
};

import { friends, rc, situation } from '../../scenarios/situation.ts';
import { ownToken, workflow } from '../places.ts';
import type { UserCase } from '../user-case.ts';

/** A token that may not read packages. */
export const tokenWithoutScope: UserCase = {
  ids: ['UC-102', 'UC-126'],
  world: situation({
    name: 'token-without-scope',
    story: 'the personal token was made without a scope that reads packages',
    gitlab: friends().personalToken(ownToken, { user: 'alice', scopes: ['read_user'] }),
    npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
    variables: { ...workflow, NPM_TOKEN: ownToken },
    inputs: { 'token-env': 'NPM_TOKEN' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP204 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'a token with the scope that reads packages',
  remedy: ['read_api', 'NPM_TOKEN'],
};

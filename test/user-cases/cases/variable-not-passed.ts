import { friends, rc, situation } from '../../scenarios/situation.ts';
import { ownToken, shell, withVariable, workflow } from '../places.ts';
import type { UserCase } from '../user-case.ts';

const variable = (name: string) =>
  `//gitlab.example.com/api/v4/packages/npm/:_authToken=\${${name}}
//gitlab.example.com/api/v4/projects/:_authToken=\${${name}}
`;

/** The secret was never made, so no workflow could pass it. */
export const secretThatIsNot: UserCase = {
  ids: ['UC-034'],
  world: situation({
    name: 'secret-that-is-not',
    story: 'Bun in a GitHub workflow refers to a secret that nobody made',
    gitlab: friends({ version: '18.5' })
      .personalToken(ownToken, { user: 'alice', scopes: ['read_api'] })
      .project('acme/ui', { id: 682 }),
    npmrc: `@acme:registry=https://gitlab.example.com/api/v4/projects/682/packages/npm/\n//gitlab.example.com/api/v4/projects/682/packages/npm/:_authToken=\${GL_TOKEN}\n`,
    variables: workflow,
    client: { name: 'bun', version: '1.4.5' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'make the secret and pass it to every step that installs',
  remedy: ['GL_TOKEN', 'secret', 'step'],
  carryOut: withVariable('GL_TOKEN'),
};

/** Runs that a bot starts get the bot's secrets. */
export const secretOfPeople: UserCase = {
  ids: ['UC-127'],
  world: situation({
    name: 'secret-of-people',
    story: 'the pull requests of the update bot have no secret of the workflow',
    gitlab: friends({ version: '18.5' }).personalToken(ownToken, { user: 'alice', scopes: ['read_api'] }),
    npmrc: `${rc.instance}${variable('NPM_TOKEN')}`,
    variables: { ...workflow, GITHUB_ACTOR: 'dependabot[bot]' },
    client: { name: 'pnpm', version: '10.18.0' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: "store the token among the bot's secrets too",
  remedy: ['NPM_TOKEN', 'bot', 'secret'],
  carryOut: withVariable('NPM_TOKEN'),
};

/** A docker build sees no variable that it is not given. */
export const dockerBuild: UserCase = {
  ids: ['UC-135'],
  world: situation({
    name: 'docker-build',
    story: 'npm in a docker build has no NPM_TOKEN',
    gitlab: friends().personalToken(ownToken, { user: 'alice', scopes: ['read_api'] }),
    npmrc: `${rc.instance}${variable('NPM_TOKEN')}`,
    variables: shell,
    npm: '6.14.18',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'a build argument, or a build secret',
  remedy: ['NPM_TOKEN', /docker build/, /secret/],
  carryOut: withVariable('NPM_TOKEN'),
};

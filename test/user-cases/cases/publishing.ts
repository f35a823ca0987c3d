import { GitLabBuilder } from '../../../src/simulator/gitlab.ts';
import { projectRegistry, publishSituation } from '../../scenarios/publish-situation.ts';
import { friends, rc } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The scope's registry line serves installs; the push goes there too and finds no route. */
export const pushToInstance: UserCase = {
  ids: ['UC-012'],
  world: publishSituation({
    name: 'push-to-instance',
    story: 'npm view works, npm publish gets 404 with the same file, and no publishConfig is there',
    gitlab: friends(),
    npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
    manifest: { publishConfig: undefined },
    npm: '6.14.18',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP116 confirmed: @acme/shop-kit@1.1.0'] },
  }),
  fix: 'publishConfig with the project prefix',
  remedy: ['publishConfig', 'https://gitlab.example.com/api/v4/projects/512/packages/npm/'],
};

/** A deploy token has no user, and never may push what a rule protects. */
export const protectedAndDeployToken: UserCase = {
  ids: ['UC-070'],
  world: publishSituation({
    name: 'protected-and-deploy-token',
    story: 'a rule protects the package, and a deploy token pushes it',
    gitlab: friends({ version: '18.2' })
      .project('acme/shop', { protections: [{ pattern: '@acme/shop-*', least: 'maintainer' }] })
      .deployToken('gldt-demo-token-of-acme-shop-0000', { project: 'acme/shop' })
      .member('mia', 'maintainer', 'acme/shop')
      .personalToken('glpat-64_demo-maintainer', { user: 'mia' }),
    npmrc: `@acme:registry=${projectRegistry(512)}\n${projectRegistry(512).replace('https:', '')}:_authToken=\${PUBLISH_TOKEN}\n`,
    variables: {
      PUBLISH_TOKEN: 'gldt-demo-token-of-acme-shop-0000',
      MAINTAINER_TOKEN: 'glpat-64_demo-maintainer',
    },
    inputs: { 'api-token-env': 'MAINTAINER_TOKEN', 'token-env': 'PUBLISH_TOKEN' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP308 confirmed: @acme/shop-kit@1.1.0'] },
  }),
  fix: 'push as a user with the role that the rule asks for',
  remedy: ['a deploy token may never', 'token of a job', 'maintainer or higher'],
  carryOut: (world) => ({
    ...world,
    gitlab: new GitLabBuilder(world.gitlab).member('alice', 'maintainer', 'acme/shop'),
    files: {
      ...world.files,
      '.npmrc': (world.files['.npmrc'] ?? '').replace('PUBLISH_TOKEN', 'CI_JOB_TOKEN'),
    },
    inputs: { 'api-token-env': 'MAINTAINER_TOKEN', publish: 'true' },
  }),
};

/** The user of the pipeline is below the role of the rule. */
export const protectedAndDeveloper: UserCase = {
  ids: ['UC-071'],
  world: publishSituation({
    name: 'protected-and-developer',
    story: 'a rule lets Maintainers alone push the package, and a Developer runs the pipeline',
    gitlab: friends({ version: '18.2' })
      .project('acme/shop', { protections: [{ pattern: '@acme/shop-*', least: 'maintainer' }] })
      .member('mia', 'maintainer', 'acme/shop')
      .personalToken('glpat-64_demo-maintainer', { user: 'mia' }),
    variables: { MAINTAINER_TOKEN: 'glpat-64_demo-maintainer' },
    inputs: { 'api-token-env': 'MAINTAINER_TOKEN' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP308 confirmed: @acme/shop-kit@1.1.0'] },
  }),
  fix: 'run as a user with the role, or change the rule',
  remedy: ['maintainer', 'the rule', 'run the job as a user'],
};

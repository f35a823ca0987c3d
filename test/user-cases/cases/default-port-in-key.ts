import { friends, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

const at = '${CI_SERVER_HOST}:${CI_SERVER_PORT}/api/v4/projects/324/packages/npm/';

/** A template wrote host and port; newer npm drops the default port from the address and no longer finds the key. */
export const defaultPortInKey: UserCase = {
  ids: ['UC-026'],
  world: situation({
    name: 'default-port-in-key',
    story: '401 since npm 8: registry and keys name port 443',
    gitlab: friends({ version: '17.5' }),
    npmrc: `@acme:registry=https://${at}\n//${at}:_authToken=\${CI_JOB_TOKEN}\n`,
    variables: { CI_SERVER_PORT: '443' },
    npm: '8.6.0',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP104 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'no default port in registry and keys',
  remedy: ['//gitlab.example.com/api/v4/projects/324/packages/npm/:_authToken', 'port'],
};

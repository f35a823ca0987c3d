import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** pnpm takes references to variables from the command line, the environment and the user's file only. */
export const referencesIgnored: UserCase = {
  ids: ['UC-149'],
  world: situation({
    name: 'references-ignored',
    story: 'a monorepo tool lays an .npmrc with references into the folder of the install',
    gitlab: friends(),
    npmrc: `${rc.instance}${rc.key}`,
    client: { name: 'pnpm', version: '10.34.2' },
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP106 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'write the value before pnpm reads the file, or give npm_config_ variables',
  remedy: ['NPM_CONFIG_USERCONFIG', ':_authToken=${CI_JOB_TOKEN}', 'file of the user'],
};

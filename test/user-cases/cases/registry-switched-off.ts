import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The package registry is off in the package project. */
export const registrySwitchedOff: UserCase = {
  ids: ['UC-049'],
  world: situation({
    name: 'registry-switched-off',
    story: '403 on install: the registry of the project is off',
    gitlab: friends({ version: '17.8' }).project('acme/ui', { registry: 'disabled' }),
    npmrc: `${rc.instance}${rc.key}`,
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP304 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'switch the package registry on',
  remedy: ['Package registry: on', 'ui'],
};

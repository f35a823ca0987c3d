import { expect, it } from 'vitest';
import { directGitLab, httpOver, outcomeOf } from './direct-http.ts';
import type { ProofState } from './proof-state.ts';
import { reportOf, scenarioOf } from './proof-world.ts';

/** A private package that its job may read. */
const open: ProofState = {
  version: '18.0',
  prefix: 'instance',
  scope: '@acme',
  lockfile: false,
  config: 'right',
  credential: 'job',
  visibility: 'private',
  registry: 'enabled',
  role: 'reporter',
  external: false,
  allowlist: 'project',
  outbound: 'off',
  variant: 'V1',
  policies: false,
  guestsMayPull: false,
  forwarding: false,
  package: 'present',
  place: 'deeper',
  token: 'running',
};

const stranger: Partial<ProofState> = { role: 'none', allowlist: 'none' };

/** What the proof over all states found wrong or missing once, each with a near miss. */
const rows: readonly (readonly [what: string, state: Partial<ProofState>, findings: readonly string[]])[] = [
  ['nothing is wrong', {}, []],
  [
    'a public project, whose closed registry the policies hide behind permissions',
    { ...stranger, visibility: 'public', registry: 'disabled', policies: true },
    ['confirmed registry-restricted'],
  ],
  [
    'a private project with the same refusal',
    { ...stranger, registry: 'disabled', policies: true },
    ['possible not-on-allowlist | fine-grained-permission-missing registry-restricted role-missing'],
  ],
  [
    'a guest whom the dist-tags let in, as they never ask what may be listed',
    { role: 'guest', registry: 'public', variant: 'V2' },
    ['confirmed role-missing'],
  ],
  [
    'a name that the own root namespace does not hold',
    { package: 'absent' },
    ['confirmed package-not-found'],
  ],
  [
    'the same in a scope that may be no root namespace',
    { package: 'absent', scope: '@ui' },
    ['possible scope-is-not-root-namespace | package-not-found'],
  ],
  [
    'a locked package that its project holds no more, with forwarding',
    { ...stranger, lockfile: true, package: 'absent', forwarding: true },
    ['confirmed package-not-found'],
  ],
  [
    'a locked package that is there, and hidden',
    { ...stranger, lockfile: true, forwarding: true },
    ['possible not-on-allowlist | role-missing'],
  ],
  [
    'a package locked at a project that is gone, with a stored token',
    { lockfile: true, package: 'no-project', credential: 'stored', token: 'personal', forwarding: true },
    ['confirmed project-not-found'],
  ],
  [
    "a stored token whose user sees less than the job's: no prefix is at fault",
    { credential: 'stored', token: 'personal', role: 'none' },
    ['possible token-scope-missing | role-missing'],
  ],
  [
    'a registry that is open to anyone, and no entry',
    { lockfile: true, registry: 'public', allowlist: 'none', version: '18.3' },
    ['possible not-on-allowlist | fine-grained-permission-missing'],
  ],
  [
    'the same with an entry that lacks the permission, and a role that shows it',
    { lockfile: true, registry: 'public', allowlist: 'without-permission', version: '18.3' },
    ['confirmed fine-grained-permission-missing'],
  ],
  [
    'an external user with a role in an internal project without an entry',
    { visibility: 'internal', external: true, allowlist: 'none', variant: 'V2' },
    ['confirmed not-on-allowlist'],
  ],
  [
    'no key, and a closed registry that would need none once it is open',
    { ...stranger, config: 'key-missing', visibility: 'public', registry: 'disabled', variant: 'V2' },
    ['confirmed registry-restricted'],
  ],
  [
    'no key, and a private project that needs one',
    { ...stranger, config: 'key-missing' },
    ['confirmed auth-key-missing'],
  ],
  [
    'no key of its host, and a token that is dead',
    { config: 'key-mismatch', prefix: 'group', token: 'finished' },
    ['confirmed auth-key-mismatch', 'confirmed token-rejected'],
  ],
];

it.each(rows)('%s', async (_what, parts, findings) => {
  const state = { ...open, ...parts };
  const gitlab = directGitLab(state);
  const report = await reportOf(scenarioOf({ state, served: false }), () =>
    httpOver((question) => outcomeOf(gitlab, question)),
  );
  const said = report.findings.map(
    ({ certainty, cause, alternatives }) =>
      `${certainty} ${cause}${alternatives.length > 0 ? ` | ${[...alternatives].sort().join(' ')}` : ''}`,
  );
  expect(said).toEqual(findings);
});

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
  consumer: 'inside',
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
    'a closed registry of a project whose repository shows that the job reads it',
    { registry: 'disabled', place: 'suggested', forwarding: true },
    ['confirmed registry-restricted'],
  ],
  [
    'a closed registry beside a repository that is switched off, which may be a guest',
    { registry: 'disabled', place: 'suggested', forwarding: true, repository: 'off' },
    ['possible role-missing | registry-restricted'],
  ],
  [
    'a guest, who may as well be before a closed registry and a repository that is switched off',
    { role: 'guest', place: 'suggested', forwarding: true },
    ['possible role-missing | registry-restricted'],
  ],
  [
    'a closed registry of a project without a repository, which may be a guest',
    { registry: 'disabled', place: 'suggested', forwarding: true, repository: 'none' },
    ['possible role-missing | registry-restricted'],
  ],
  [
    'a project without a repository, which says nothing of it to whom it hides from',
    { role: 'none', place: 'suggested', forwarding: true, repository: 'none' },
    ['confirmed role-missing'],
  ],
  [
    'a public project with a closed registry, and a repository for members alone',
    {
      role: 'none',
      visibility: 'public',
      registry: 'private',
      place: 'suggested',
      forwarding: true,
      repository: 'off',
    },
    ['confirmed registry-restricted'],
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
    ['confirmed role-missing'],
  ],
  [
    'a deploy token without the scope, which looks like one of another project',
    { credential: 'stored', token: 'narrow-deploy', role: 'none' },
    ['possible token-scope-missing | role-missing'],
  ],
  [
    'a deploy token of another project, which looks like one without the scope',
    { credential: 'stored', token: 'deploy-elsewhere', role: 'none' },
    ['possible token-scope-missing | role-missing'],
  ],
  [
    'the same on an internal project, which any deploy token sees',
    { credential: 'stored', token: 'deploy-elsewhere', role: 'none', visibility: 'internal' },
    [],
  ],
  [
    "a personal token without a role, of a project that the job's own token sees",
    {
      credential: 'stored',
      token: 'personal',
      role: 'none',
      prefix: 'project',
      allowlist: 'project',
      forwarding: true,
    },
    ['confirmed role-missing'],
  ],
  [
    'a group that the token does not see, and that has no such package for the job either',
    { credential: 'stored', token: 'deploy', prefix: 'group', scope: '@ui', place: 'in-scope-root' },
    ['confirmed package-not-found'],
  ],
  [
    'a group that may hide from a user without a role, or not be there',
    { consumer: 'outside', prefix: 'group', role: 'none' },
    ['possible project-not-found | role-missing'],
  ],
  [
    'the same without a key, where GitLab asks for a token first',
    { consumer: 'outside', prefix: 'group', role: 'none', config: 'key-missing' },
    ['possible project-not-found | auth-key-missing package-not-found role-missing'],
  ],
  [
    "the same where the job's own token sees the group",
    {
      credential: 'stored',
      token: 'personal',
      consumer: 'inside',
      prefix: 'group',
      role: 'none',
      place: 'suggested',
    },
    ['confirmed role-missing'],
  ],
  [
    'a group that a role in the project shows',
    { consumer: 'outside', prefix: 'group', role: 'reporter' },
    [],
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
    'no key of its host, and a token that is dead: another prefix may need neither',
    { config: 'key-mismatch', prefix: 'group', token: 'finished' },
    ['possible auth-key-mismatch | package-not-found role-missing token-rejected'],
  ],
  [
    'no key of its host, and a token that is dead: a package that is open to anyone needs neither where it is missing',
    {
      ...{ config: 'key-mismatch', prefix: 'project', token: 'finished' },
      ...{ visibility: 'public', package: 'absent' },
    },
    ['confirmed package-not-found'],
  ],
  [
    'no key of its host, and a token that is dead: one that is not may need both',
    { config: 'key-mismatch', prefix: 'project', token: 'finished' },
    ['possible auth-key-mismatch | project-not-found token-rejected'],
  ],
  [
    'a stored token that does not see the group, in which the job is told that there is no such package',
    {
      ...{ version: '18.3', prefix: 'group', scope: '@ui', credential: 'stored', consumer: 'outside' },
      ...{
        token: 'personal',
        policies: true,
        role: 'none',
        forwarding: true,
        package: 'absent',
        place: 'suggested',
      },
    },
    ['confirmed package-not-found'],
  ],
  [
    'a group that shows itself to no token, and the instance prefix, which looks in it too, has no such package',
    {
      ...{ version: '18.3', prefix: 'group', credential: 'stored', consumer: 'outside', token: 'personal' },
      ...{ policies: true, role: 'none', allowlist: 'none', forwarding: true },
      ...{ package: 'absent', place: 'suggested' },
    },
    ['confirmed package-not-found'],
  ],
  [
    'a group that shows itself to no token, of another name than the scope, in which the instance prefix looks',
    {
      ...{ version: '18.3', prefix: 'group', scope: '@ui', credential: 'stored', consumer: 'outside' },
      ...{ token: 'personal', policies: true, role: 'none', allowlist: 'none', forwarding: true },
      ...{ package: 'absent', place: 'suggested' },
    },
    ['possible project-not-found | role-missing'],
  ],
  [
    'a stored token that does not see the group, of which the job is told that it refuses',
    {
      ...{ version: '18.3', prefix: 'group', scope: '@ui', credential: 'stored', consumer: 'outside' },
      ...{ token: 'personal', policies: true, role: 'none', forwarding: true, place: 'suggested' },
    },
    ['confirmed role-missing'],
  ],
  [
    'a deploy token that may read the project, on a GitLab that looks projects up: its registry is closed',
    {
      ...{ version: '18.3', scope: '@ui', credential: 'stored', consumer: 'outside', place: 'in-scope-root' },
      ...{ token: 'deploy', policies: true, role: 'none', registry: 'disabled', allowlist: 'none' },
    },
    ['confirmed registry-restricted'],
  ],
  [
    'a deploy token that is refused, on a GitLab that lists what a token may pull',
    {
      ...{ version: '18.3', scope: '@ui', credential: 'stored', consumer: 'outside', place: 'in-scope-root' },
      ...{
        token: 'deploy',
        policies: true,
        role: 'none',
        registry: 'disabled',
        allowlist: 'none',
        variant: 'V2',
      },
    },
    ['possible token-scope-missing | registry-restricted role-missing'],
  ],
  [
    'no key for a group that refuses the package, whatever the root namespace of its scope is',
    { ...stranger, config: 'key-missing', prefix: 'group', scope: '@ui', version: '16.5', variant: 'V2' },
    ['confirmed auth-key-missing'],
  ],
  [
    'no key for a group that hides the package, as it forwards what is not there',
    { ...stranger, config: 'key-missing', prefix: 'group', scope: '@ui', version: '16.5', forwarding: true },
    ['confirmed auth-key-missing'],
  ],
  [
    'no key for a group that may hide the package or not have it, as it forwards nothing',
    { ...stranger, config: 'key-missing', prefix: 'group', scope: '@ui', version: '16.5' },
    [
      'possible auth-key-missing | not-on-allowlist outbound-limit package-not-found registry-restricted role-missing',
    ],
  ],
  [
    'a lockfile that names a project which has no such package, or is gone, and another project that hides it',
    {
      ...stranger,
      lockfile: true,
      version: '16.5',
      forwarding: true,
      package: 'no-project',
      place: 'other-root',
    },
    ['confirmed package-not-found'],
  ],
  [
    'the same where no other project has it',
    { ...stranger, lockfile: true, version: '16.5', forwarding: true, package: 'no-project' },
    [
      'possible not-on-allowlist | outbound-limit package-not-found project-not-found registry-restricted role-missing',
    ],
  ],
  [
    'no key, and a group that proves to hold the package',
    { ...stranger, config: 'key-mismatch', prefix: 'group' },
    ['confirmed auth-key-mismatch'],
  ],
  [
    'a scope that is no root namespace, and a group that refuses the package',
    { ...stranger, scope: '@ui' },
    ['confirmed scope-is-not-root-namespace'],
  ],
  [
    'the same before 17.4, where the refusal may hide what is not there',
    { ...stranger, scope: '@ui', version: '17.3' },
    ['possible scope-is-not-root-namespace | package-not-found'],
  ],
  [
    'the same where the dist-tags tell nobody that it is not there, and a group that refuses it',
    { scope: '@ui', version: '17.3', role: 'guest' },
    ['confirmed scope-is-not-root-namespace'],
  ],
  [
    'the same where they ask nobody for a token, as a root namespace hides it',
    { ...stranger, scope: '@ui', version: '17.3', place: 'in-known-root' },
    ['possible not-on-allowlist | outbound-limit registry-restricted role-missing'],
  ],
  [
    'a name that a root namespace does not hold which the user sees',
    { scope: '@ui', package: 'absent', place: 'in-known-root' },
    ['confirmed package-not-found'],
  ],
  [
    'a private package below a root namespace that the user does not see',
    { ...stranger, scope: '@ui', place: 'in-scope-root', variant: 'V2' },
    ['confirmed role-missing'],
  ],
  [
    'the same where the user sees the namespace for another reason',
    { ...stranger, scope: '@ui', place: 'in-known-root', variant: 'V2' },
    ['possible not-on-allowlist | registry-restricted role-missing'],
  ],
  [
    'versions that a list above several projects shows, none of which fits: another one may have it, whatever the shown one refuses',
    {
      version: '19.0',
      visibility: 'internal',
      registry: 'private',
      role: 'none',
      variant: 'V2',
      forwarding: true,
      package: 'other-version',
      place: 'suggested',
    },
    ['possible version-not-found | role-missing'],
  ],
  [
    'versions that the list shows, none of which fits, at a project that the token may not read',
    { ...stranger, role: 'reporter', prefix: 'project', variant: 'V2', package: 'other-version' },
    ['confirmed not-on-allowlist', 'confirmed version-not-found'],
  ],
  [
    'a namesake of the locked project that holds the same package and gives the lie to its path',
    { lockfile: true, role: 'none', place: 'namesake', forwarding: true },
    ['possible not-on-allowlist | lockfile-pins-other-registry role-missing'],
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

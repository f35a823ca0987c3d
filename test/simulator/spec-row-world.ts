import type { Role } from '../../src/domain/access-state.ts';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { packTarball } from '../../src/simulator/tarball.ts';
import type { SpecRow } from './spec-row.ts';

export const project = 'test-group/my.project';
export const consumer = 'other-group/consumer';
export const token = 'secret-token';

const tarball = packTarball({ name: 'any', version: '1.0.0' });
const names: Record<string, string> = {
  scoped_naming_convention: '@test-group/scoped',
  scoped_no_naming_convention: '@any-scope/scoped',
  unscoped: 'unscoped',
  non_existing: '@test-group/absent',
};

/** The package name that a row asks for; the conventional one when the row names none. */
export function nameOf(row: SpecRow): string {
  return names[row.name ?? 'scoped_naming_convention'] ?? '';
}

/** The GitLab of a row: one group, one project with packages under every kind of name, one user, one token. */
export function worldOf(row: SpecRow, auth: string = row.auth): GitLabBuilder {
  const { facts } = row;
  const visibility = row.visibility ?? 'public';
  const world = server(row)
    .user('user', { external: facts.external ?? false })
    .group('test-group', { visibility: facts.groupVisibility ?? visibility })
    .project(project, { visibility, registry: registryOf(row) })
    .project('test-group/second', { visibility: facts.secondVisibility ?? 'public' })
    .project('test-group/target')
    .project(consumer)
    .member('user', 'guest', 'test-group/target');
  return withPackages(withToken(withLink(withRole(world, row), row), row, auth), row);
}

/** Older generations run on a server of their time; policies are on unless the row turns their flag off. */
function server(row: SpecRow): GitLabBuilder {
  const newer = row.generation.startsWith('D');
  const policies = row.facts.flags?.add_policies_to_ci_job_token !== false;
  const audit = row.endpoint.startsWith('audit');
  return gitlab({
    version: newer && policies ? '18.4' : '17.10',
    policies: policies ? 'all' : [],
    variant: row.facts.flags?.npm_allow_packages_in_multiple_projects === false ? 'V1' : 'V2',
    guestsMayPull: row.facts.flags?.allow_guest_plus_roles_to_pull_packages !== false,
    forwarding: row.facts.instanceForwards ?? row.forwarding ?? !audit,
    anyoneMayPull: row.facts.settings?.package_registry_allow_anyone_to_pull_option ?? true,
  });
}

function registryOf({ facts }: SpecRow) {
  if (facts.registry) return facts.registry;
  return facts.features === 'all private' ? 'private' : 'enabled';
}

function withRole(world: GitLabBuilder, row: SpecRow): GitLabBuilder {
  const { facts } = row;
  const groupRole = typeof facts.groupRole === 'string' ? (facts.groupRole as Role) : null;
  const role = row.role === 'admin' ? 'owner' : row.role === 'anonymous' ? 'none' : (row.role ?? 'developer');
  const base = world.member('user', facts.projectRole ?? role, project);
  if (facts.secondRole)
    return base.member('user', 'guest', 'test-group').member('user', facts.secondRole, 'test-group/second');
  return facts.groupRole === true || groupRole ? base.member('user', groupRole ?? role, 'test-group') : base;
}

function withLink(world: GitLabBuilder, { facts }: SpecRow): GitLabBuilder {
  const link = facts.allowlist;
  if (typeof link !== 'object') return world;
  const granted =
    facts.condition === 'route-policy-is-granted' ? (['read_packages'] as const) : link.job_token_policies;
  return world.allow(project, consumer, link.default_permissions ? 'default' : granted);
}

function withToken(world: GitLabBuilder, row: SpecRow, auth: string): GitLabBuilder {
  const { facts } = row;
  if (isBadToken(row)) return world;
  switch (auth) {
    case 'job_token':
      return world.jobToken(token, {
        project: facts.job?.startsWith('other') ? consumer : project,
        user: facts.jobUser === undefined ? 'user' : 'stranger',
        status: facts.jobStatus === undefined || facts.jobStatus === 'running' ? 'running' : 'finished',
      });
    case 'deploy_token':
      return world.deployToken(token, { project });
    case 'none':
      return world;
    default:
      return world.personalToken(token, { user: 'user' });
  }
}

/** Whether the row sends a token that the server does not know. */
export function isBadToken({ facts }: SpecRow): boolean {
  return facts.validToken === false || /^(?:invalid-token|token-string)/.test(facts.condition ?? '');
}

function withPackages(world: GitLabBuilder, { facts }: SpecRow): GitLabBuilder {
  const names = ['@test-group/scoped', '@any-scope/scoped', 'unscoped'];
  const furnished = names.reduce(
    (so, name) =>
      so
        .package(project, name, '1.0.0', { tarball, tags: ['tag-one'] })
        .package(project, name, '1.1.0', { tarball, tags: ['tag-two'] }),
    world.package('test-group/second', '@test-group/elsewhere', '1.0.0', { tarball, tags: ['elsewhere'] }),
  );
  return facts.secondRole
    ? furnished.package('test-group/second', '@test-group/scoped', '1.2.0', { tarball })
    : furnished;
}

import type { AccessState } from '../domain/access-state.ts';
import {
  findProject,
  forwards,
  isGroupVisible,
  isSameOrBelow,
  namespaceOf,
  packagesBelow,
  roleIn,
  rootOf,
} from './look-up.ts';
import type { AllowlistEntry, GitLabModel, GroupModel, ProjectModel, TokenModel } from './model.ts';
import type { Caller } from './presented-token.ts';

/**
 * What a request is about: the package project (`null` when it does not exist), the name and version asked for, the group of a group
 * prefix, and the permission that the route needs.
 */
export interface Subject {
  project: ProjectModel | null;
  packageName?: string;
  version?: string;
  group?: GroupModel | null;
  need: 'read' | 'admin';
}

/** The facts that GitLab's rules judge, read off the model for one caller and one subject. */
export function accessStateOf(model: GitLabModel, caller: Caller, subject: Subject): AccessState {
  const { project, packageName, group } = subject;
  const { strangersReadProject } = model.settings;
  const token = caller.kind === 'token' ? caller.token : null;
  const login = token === null || token.kind === 'deploy' ? null : token.user;
  const consumer = token?.kind === 'job' ? findProject(model, token.project) : null;
  const shutOut = project !== null && isShutOut(model, project.path);
  const tokenElsewhere =
    token?.kind === 'deploy' && (project === null || !isSameOrBelow(project.path, token.project));
  return {
    version: versionOf(model.settings.version),
    token: caller.kind === 'dead' ? 'dead' : tokenKind(token),
    exists: project !== null,
    ownProject: consumer !== null && consumer === project,
    visibility: shutOut ? 'private' : (project?.visibility ?? 'private'),
    registry: shutOut ? 'enabled' : (project?.registry ?? 'disabled'),
    role: login === null || project === null || shutOut ? 'none' : roleIn(model, login, project.path),
    external: login === null || (model.users.find((user) => user.login === login)?.external ?? true),
    allowlist: project === null ? 'no-entry' : allowlistFor(model, project, consumer, subject.need),
    outboundLimited: project !== null && isHeldBack(consumer, project),
    policies: project !== null && hasPolicies(model, project),
    variant: model.settings.variant,
    guestsMayPull: model.settings.guestsMayPull,
    anyoneMayPull: model.settings.anyoneMayPull,
    holds: holding(model, subject),
    rootScope: packageName !== undefined && namespaceOf(model, packageName) !== null,
    groupVisible:
      group === undefined ||
      (group !== null && !isShutOut(model, group.path) && seesGroup(model, token, login, group)),
    forwarding: forwards(model, project?.path ?? group?.path ?? null),
    tokenReach: reach(token),
    tokenElsewhere,
    ...(project?.repository !== undefined && { repository: project.repository }),
    ...(strangersReadProject !== undefined && { strangersReadProject }),
  };
}

/** An IP restriction takes every right in the group and below it (GitLab EE project policy, `ip_enforcement_prevents_access`). */
function isShutOut(model: GitLabModel, path: string): boolean {
  return model.groups.some((group) => group.ipRestricted === true && isSameOrBelow(path, group.path));
}

/** The entry of a project's allowlist that decides for a consumer: the nearest one (spec rows, section 5.3). */
export function nearestEntry(project: ProjectModel, consumer: ProjectModel): AllowlistEntry | null {
  return (
    project.allowlist.entries
      .filter((entry) =>
        entry.kind === 'project' ? entry.path === consumer.path : isSameOrBelow(consumer.path, entry.path),
      )
      .toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
  );
}

/** Whether a project's allowlist counts: its own switch, or an administrator's for all (17.6 and later). */
export function isListInForce(model: GitLabModel, project: ProjectModel): boolean {
  const [major, minor] = versionOf(model.settings.version);
  const enforced = model.settings.enforceAllowlist && (major > 17 || (major === 17 && minor >= 6));
  return project.allowlist.enabled || enforced;
}

/** Major and minor version of a version text. */
export function versionOf(text: string): readonly [number, number] {
  const [major = '0', minor = '0'] = text.split(/[.-]/);
  return [Number.parseInt(major, 10) || 0, Number.parseInt(minor, 10) || 0];
}

function tokenKind(token: TokenModel | null): AccessState['token'] {
  if (token === null) return 'none';
  return token.kind === 'job' ? 'running' : token.kind;
}

function reach(token: TokenModel | null): 'write' | 'read' | 'none' {
  if (token === null || token.kind === 'job') return 'write';
  const [write, read] =
    token.kind === 'personal' ? ['api', 'read_api'] : ['write_package_registry', 'read_package_registry'];
  if (token.scopes.includes(write)) return 'write';
  return token.scopes.includes(read) ? 'read' : 'none';
}

function allowlistFor(
  model: GitLabModel,
  project: ProjectModel,
  consumer: ProjectModel | null,
  need: 'read' | 'admin',
): AccessState['allowlist'] {
  if (!isListInForce(model, project)) return 'off';
  const entry = consumer === null ? null : nearestEntry(project, consumer);
  if (entry === null) return 'no-entry';
  if (entry.permissions === 'default') return 'default-permissions';
  const granted =
    entry.permissions.includes('admin_packages') ||
    (need === 'read' && entry.permissions.includes('read_packages'));
  return granted ? 'permission-granted' : 'permission-missing';
}

function isHeldBack(consumer: ProjectModel | null, project: ProjectModel): boolean {
  return consumer !== null && consumer.outbound !== 'off' && !consumer.outbound.includes(project.path);
}

function hasPolicies(model: GitLabModel, project: ProjectModel): boolean {
  const { policies } = model.settings;
  return policies === 'all' || policies.includes(rootOf(project.path));
}

function holding(model: GitLabModel, { project, packageName, version }: Subject): AccessState['holds'] {
  if (project === null || packageName === undefined) return 'nothing';
  const versions = packagesBelow(model, project.path, packageName);
  if (versions.length === 0) return 'nothing';
  return version === undefined || versions.some((one) => one.version === version)
    ? 'version'
    : 'other-versions';
}

function seesGroup(
  model: GitLabModel,
  token: TokenModel | null,
  login: string | null,
  group: GroupModel,
): boolean {
  if (token?.kind === 'deploy') {
    if (isSameOrBelow(token.project, group.path) || isSameOrBelow(group.path, token.project)) return true;
  }
  return isGroupVisible(model, login, group);
}

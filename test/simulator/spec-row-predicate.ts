import type { AccessState } from '../../src/domain/access-state.ts';
import {
  effectiveRole,
  hasPublicUserAccess,
  isWithinJobScope,
  lacksPermission,
  mayReadPackages,
  mayReadProject,
} from '../../src/providers/gitlab/access-rules.ts';
import { accessStateOf, nearestEntry } from '../../src/simulator/access-state-of.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { findProject, forwards } from '../../src/simulator/look-up.ts';
import { type Accepts, callerOf } from '../../src/simulator/presented-token.ts';
import type { SpecRow } from './spec-row.ts';
import { carried } from './spec-row-request.ts';
import { consumer, project, token, worldOf } from './spec-row-world.ts';

/** Why a row without status has no predicate of ours to be held against; `null` when it should have one. */
export function unanswerable(row: SpecRow): string | null {
  if (row.endpoint === 'policy_read_package_within_public_registries') {
    return "another formats' group permission: npm's group route asks whether the group can be seen";
  }
  if (row.endpoint === 'policy_read_package' && row.prefix === 'group') {
    return "a group's own permission, which no npm route asks for";
  }
  if (row.endpoint === 'job_token_allowlist_add') return 'permissions of an entry cannot be set by REST';
  if (row.endpoint === 'job_token_policies_allowed' && row.facts.condition === 'no-policies-asked-for') {
    return 'every route of ours names a policy';
  }
  if (row.facts.routeTakesJobTokens !== undefined && acceptsOf(row) === null) {
    return 'a route setting that is no valid one';
  }
  if (row.facts.condition === 'array-of-tokens')
    return 'a parameter given as an array is no parameter of ours';
  if (row.facts.helper && row.facts.condition === 'route-skips-job-token-policies')
    return 'only /job skips policies';
  if (row.facts.helper && row.facts.job === 'same') return 'container registry routes only';
  return null;
}

/** Our predicate's result for a row without status, `null` when there is none for it. */
export function predicateOf(row: SpecRow): boolean | null {
  if (unanswerable(row) !== null) return null;
  switch (row.endpoint) {
    case 'policy_read_package':
      return mayReadPackages(stateOf(row));
    case 'policy_feature_access':
      return row.facts.body === 'permission:read_project'
        ? mayReadProject(stateOf(row))
        : mayReadPackages(stateOf(row));
    case 'policy_role_access':
    case 'policy_instance_enforcement':
      return effectiveRole(stateOf(row)) === row.role;
    case 'policy_public_user_access':
      return hasPublicUserAccess(stateOf(row.role === 'anonymous' ? { ...row, auth: 'none' } : row));
    case 'job_token_scope_accessible':
      return isWithinJobScope(scopeState(row));
    case 'job_token_policies_allowed':
      return !lacksPermission(policyState(row), 'read');
    case 'job_token_allowlist_includes':
      return includes(row);
    case 'job_token_nearest_scope':
      return nearest(row);
    case 'job_token_auth':
    case 'deploy_token_auth':
      return authenticates(row);
    case 'project_lookup':
      return mayReadProject(stateOf(row)) && !lacksPermission(stateOf(row), 'read');
    case 'forwarding':
      return forwards(forwardingWorld(row), project) && row.facts.absent === true;
    default:
      return null;
  }
}

function stateOf(row: SpecRow): AccessState {
  const { facts } = row;
  const settings = { enforceAllowlist: facts.enforced ?? false };
  const switchedOff = facts.scopesOn === false || facts.inboundOn === false;
  const world = worldOf(row)
    .project(project, switchedOff ? { allowlist: 'off' } : {})
    .set(settings);
  const caller = callerOf(world, { headers: header(row), query: new URLSearchParams() }, everything);
  return accessStateOf(world, caller, { project: findProject(world, project), need: 'read' });
}

function header(row: SpecRow): Record<string, string> {
  return row.auth === 'none' || row.role === 'anonymous' ? {} : { authorization: `Bearer ${token}` };
}

/** The projects of the scope table: who lists whom. */
function scopeState(row: SpecRow): AccessState {
  const { accessed = '', inbound, outbound } = row.facts;
  const lists = accessed === 'inbound_accessible_project' || accessed === 'fully_accessible_project';
  const listed = accessed === 'outbound_allowlist_project' || accessed === 'fully_accessible_project';
  const base = gitlab({ version: '17.10' })
    .project(project, {
      visibility: accessed.includes('public') ? 'public' : 'private',
      allowlist: inbound === 'off' ? 'off' : 'on',
    })
    .project(consumer, { outbound: outbound === 'on' ? (listed ? [project] : []) : 'off' });
  const world = lists ? base.allow(project, consumer) : base.allow(consumer, project);
  return jobState(world, accessed === 'current_project' ? consumer : project);
}

function policyState(row: SpecRow): AccessState {
  const own = row.facts.condition?.includes('own') ?? false;
  const world = gitlab({ version: '17.10', policies: 'all' })
    .project(consumer)
    .project(project, { allowlist: own ? 'on' : 'off' })
    .allow(project, consumer, []);
  return jobState(world, own ? consumer : project);
}

function jobState(world: ReturnType<typeof gitlab>, path: string): AccessState {
  const running = world.jobToken(token, { project: consumer, user: 'user' });
  const caller = callerOf(
    running,
    { headers: { 'job-token': token }, query: new URLSearchParams() },
    everything,
  );
  return accessStateOf(running, caller, { project: findProject(running, path), need: 'read' });
}

/** The source project's lists: one project on the inbound list, another on the outbound one. */
function includes(row: SpecRow): boolean {
  const { included = '', direction, condition, context, link } = row.facts;
  const asked = condition?.startsWith('target-project')
    ? 'group/inbound'
    : `group/${included.replaceAll(' ', '-')}`;
  const furnished = context !== 'without-scoped-projects' && condition !== 'no-group-scoped';
  const listed = furnished ? ['group/outbound-allowlist-project'] : [];
  const base = gitlab()
    .project('source/source', { outbound: listed })
    .project(asked)
    .project('group/inbound-allowlist-project');
  const inboundEntry = link === 'group' ? 'group' : 'group/inbound-allowlist-project';
  const world = furnished ? base.allow('source/source', inboundEntry) : base;
  const source = findProject(world, 'source/source');
  const target = included.startsWith('source') ? source : findProject(world, asked);
  if (!source || !target) throw new Error('the world lacks a project');
  if (direction === 'outbound') return source.outbound.includes(target.path);
  return nearestEntry(source, target) !== null;
}

function nearest(row: SpecRow): boolean {
  const paths: Record<string, string> = {
    project: 'root/parent/sub/consumer',
    subgroup: 'root/parent/sub',
    'newer parent subgroup': 'root/parent',
    'root group': 'root',
  };
  const links = row.facts.links ?? [];
  const base = gitlab().project('root/parent/sub/consumer').project(project);
  const world = links.reduce((so, link) => so.allow(project, paths[link] ?? ''), base);
  const [target, from] = [findProject(world, project), findProject(world, 'root/parent/sub/consumer')];
  return target !== null && from !== null && nearestEntry(target, from)?.path === paths[links[0] ?? ''];
}

function authenticates(row: SpecRow): boolean {
  const accepts = acceptsOf(row) ?? everything;
  const known = row.facts.condition === undefined || row.facts.condition === 'valid-token';
  const value = known ? token : 'unknown';
  const base = gitlab().project(project);
  const status =
    row.facts.jobStatus === undefined || row.facts.jobStatus === 'running' ? 'running' : 'finished';
  const world =
    row.auth === 'deploy_token'
      ? base.deployToken(token, { project })
      : base.jobToken(token, { project, user: 'user', status });
  const { headers, path } = carried(
    { method: 'GET', path: '/', headers: {} },
    row.facts.carrier ?? '',
    value,
  );
  const lower = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  const caller = callerOf(world, { headers: lower, query }, accepts);
  if (row.facts.body === 'unauthorized' && caller.kind !== 'dead') return true;
  if (row.facts.body === 'anonymous' && caller.kind !== 'nobody') return true;
  return caller.kind === 'token';
}

/** What a route setting of the rows takes, `null` for settings that no route of GitLab's has. */
function acceptsOf(row: SpecRow): Accepts | null {
  if (row.endpoint === 'deploy_token_auth')
    return { job: false, deploy: row.facts.routeTakesDeployTokens ?? false, basic: false };
  const setting = row.facts.routeTakesJobTokens;
  if (setting === undefined) return { job: true, deploy: false, basic: false };
  const kinds = [setting].flat();
  if (kinds.some((kind) => typeof kind === 'string' && !['request', 'basic_auth'].includes(kind)))
    return null;
  const request = kinds.includes(true) || kinds.includes('request');
  return { job: request, deploy: false, basic: kinds.includes('basic_auth') };
}

function forwardingWorld(row: SpecRow) {
  const { instanceForwards, groupForwards } = row.facts;
  return gitlab({ forwarding: instanceForwards ?? true })
    .group('test-group', { forwarding: groupForwards ?? null })
    .project(project);
}

const everything: Accepts = { job: true, deploy: true, basic: false };

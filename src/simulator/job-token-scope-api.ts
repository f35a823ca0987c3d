import { atLeast } from '../domain/server-version.ts';
import { mayReadProject } from '../providers/gitlab/access-rules.ts';
import { accessStateOf, isListInForce, versionOf } from './access-state-of.ts';
import { callerIn, decide, decoded, type Exchange, noJobTokens, parametersOf, refuse } from './exchange.ts';
import { findGroup, findProject, isGroupVisible } from './look-up.ts';
import type { AllowlistEntry, ProjectModel } from './model.ts';
import { pageOf } from './pages.ts';
import type { Caller } from './presented-token.ts';
import { empty, json, noRoute, type Reply } from './reply.ts';

const pattern =
  /^\/api\/v4\/projects\/([^/]+)\/job_token_scope(?:\/(allowlist|groups_allowlist)(?:\/([^/]+))?)?$/;
const mostEntries = 200;

/** The settings of a project's allowlist, for Maintainers; `null` for other paths (GitLab model, section 2; spec rows, S). */
export function jobTokenScopeApi(exchange: Exchange): Reply | null {
  const match = pattern.exec(exchange.path);
  if (!match) return null;
  const project = findProject(exchange.store.model, decoded(match[1] ?? '') ?? '');
  const caller = callerIn(exchange, noJobTokens);
  const { answer } = decide(
    exchange,
    caller,
    { project, need: 'admin' },
    { route: 'settings', write: exchange.method !== 'GET' },
  );
  if (answer.status !== 200 || project === null) return refuse(answer, caller, project?.path ?? '', 'api');
  if (match[2] === undefined) return scope(exchange, project);
  const kind = match[2] === 'allowlist' ? 'project' : 'group';
  if (kind === 'group' && !atLeast(versionOf(exchange.store.model.settings.version), 17, 0)) return noRoute;
  if (match[3] !== undefined) {
    return exchange.method === 'DELETE' ? remove(exchange, project, kind, decoded(match[3]) ?? '') : noRoute;
  }
  if (exchange.method === 'GET') return list(exchange, project, kind);
  if (exchange.method !== 'POST') return noRoute;
  // Reading takes a path too, adding takes a number (lib/api/project_job_token_scope.rb).
  return /^\d+$/.test(match[1] ?? '')
    ? add(exchange, caller, project, kind)
    : json(400, { error: 'id is invalid' });
}

function scope(exchange: Exchange, project: ProjectModel): Reply {
  if (exchange.method === 'GET') {
    return json(200, {
      inbound_enabled: isListInForce(exchange.store.model, project),
      outbound_enabled: project.outbound !== 'off',
    });
  }
  if (exchange.method !== 'PATCH') return noRoute;
  const enabled = parametersOf(exchange).get('enabled');
  if (enabled !== true && enabled !== false && enabled !== 'true' && enabled !== 'false') {
    return json(400, { error: 'enabled is invalid' });
  }
  exchange.store.setAllowlist(project, String(enabled) === 'true');
  return empty;
}

function list(exchange: Exchange, project: ProjectModel, kind: AllowlistEntry['kind']): Reply {
  const { model } = exchange.store;
  const entries = project.allowlist.entries.filter((entry) => entry.kind === kind);
  if (kind === 'group') {
    const groups = entries.flatMap((entry) => findGroup(model, entry.path) ?? []);
    return pageOf(
      exchange,
      groups.map((group) => ({
        id: group.id,
        name: group.path,
        web_url: `${exchange.externalUrl}/groups/${group.path}`,
      })),
    );
  }
  const projects = [project, ...entries.flatMap((entry) => findProject(model, entry.path) ?? [])];
  return pageOf(
    exchange,
    projects.map((one) => ({
      id: one.id,
      name: one.path.slice(one.path.lastIndexOf('/') + 1),
      path_with_namespace: one.path,
    })),
  );
}

function add(exchange: Exchange, caller: Caller, project: ProjectModel, kind: AllowlistEntry['kind']): Reply {
  const field = kind === 'project' ? 'target_project_id' : 'target_group_id';
  const given = String(parametersOf(exchange).get(field) ?? '');
  if (!/^\d+$/.test(given))
    return json(400, { error: `${field} is ${given === '' ? 'missing' : 'invalid'}` });
  const { model } = exchange.store;
  const target = kind === 'project' ? findProject(model, given) : findGroup(model, given);
  if (target === null) return json(404, { message: `404 ${field} not found Not Found` });
  if (!isVisible(exchange, caller, kind, given)) {
    return json(400, {
      message: `400 Bad request - The target_${kind} that you are attempting to access does not exist or you don't have permission to perform this action`,
    });
  }
  const { entries } = project.allowlist;
  if (
    target.path === project.path ||
    entries.some((entry) => entry.kind === kind && entry.path === target.path)
  ) {
    return json(400, { message: '400 Bad request - This project is already in the job token allowlist.' });
  }
  if (entries.length >= mostEntries) {
    return json(400, { message: '400 Bad request - The job token allowlist is full.' });
  }
  exchange.store.setEntries(project, [...entries, { kind, path: target.path, permissions: 'default' }]);
  return json(201, { source_project_id: project.id, [field]: target.id });
}

function remove(exchange: Exchange, project: ProjectModel, kind: AllowlistEntry['kind'], id: string): Reply {
  const { model } = exchange.store;
  const target = kind === 'project' ? findProject(model, id) : findGroup(model, id);
  const { entries } = project.allowlist;
  const left = entries.filter((entry) => entry.kind !== kind || entry.path !== target?.path);
  if (target === null || left.length === entries.length) return json(404, { message: '404 Not Found' });
  exchange.store.setEntries(project, left);
  return empty;
}

/** A project or group can be added only by somebody who can see it. */
function isVisible(exchange: Exchange, caller: Caller, kind: AllowlistEntry['kind'], id: string): boolean {
  const { model } = exchange.store;
  if (kind === 'project') {
    const project = findProject(model, id);
    return mayReadProject(accessStateOf(model, caller, { project, need: 'read' }));
  }
  const group = findGroup(model, id);
  const login = caller.kind === 'token' && caller.token.kind === 'personal' ? caller.token.user : null;
  return group !== null && isGroupVisible(model, login, group);
}

import type { Role } from '../domain/access-state.ts';
import { mayReadProject } from '../providers/gitlab/access-rules.ts';
import { accessStateOf } from './access-state-of.ts';
import { callerIn, decoded, type Exchange, noJobTokens } from './exchange.ts';
import { findProject, roleIn } from './look-up.ts';
import type { GitLabModel, UserModel } from './model.ts';
import { pageOf } from './pages.ts';
import { json, noRoute, type Reply } from './reply.ts';

const pattern = /^\/api\/v4\/projects\/([^/]+)\/members\/all(?:\/(\d+))?$/;

const levels: Readonly<Record<Role, number>> = {
  none: 0,
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
};

/** Members of a project, those of the groups above included: all, or one by the user's number; `null` for other paths (GitLab docs: members API). */
export function membersApi(exchange: Exchange): Reply | null {
  const match = pattern.exec(exchange.path);
  if (!match) return null;
  if (exchange.method !== 'GET') return noRoute;
  const { model } = exchange.store;
  const project = findProject(model, decoded(match[1] ?? '') ?? '');
  const caller = callerIn(exchange, noJobTokens);
  if (caller.kind !== 'token') return json(401, { message: '401 Unauthorized' });
  if (project === null || !mayReadProject(accessStateOf(model, caller, { project, need: 'read' })))
    return json(404, { message: '404 Project Not Found' });
  const members = model.users.flatMap((user) => memberOf(model, user, project.path) ?? []);
  const { query } = exchange;
  if (match[2] === undefined) {
    const wanted = query.get('query')?.toLowerCase() ?? '';
    return pageOf(
      exchange,
      members.filter(({ username }) => username.toLowerCase().includes(wanted)),
    );
  }
  const one = members.find(({ id }) => String(id) === match[2]);
  return one ? json(200, one) : json(404, { message: '404 Not found' });
}

/** The number of a user. */
export function userId(model: GitLabModel, login: string): number {
  return model.users.findIndex((one) => one.login === login) + 1;
}

function memberOf(
  model: GitLabModel,
  { login }: UserModel,
  path: string,
): { id: number; username: string; state: string; access_level: number } | null {
  const role = roleIn(model, login, path);
  return role === 'none'
    ? null
    : { id: userId(model, login), username: login, state: 'active', access_level: levels[role] };
}

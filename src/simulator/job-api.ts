import type { Role } from '../domain/access-state.ts';
import { isAtLeast } from '../providers/gitlab/access-predicates.ts';
import { apiRoutes, callerIn, decide, type Exchange, refuse } from './exchange.ts';
import { findProject, roleIn } from './look-up.ts';
import { userId } from './members-api.ts';
import { json, noRoute, type Reply } from './reply.ts';

const pattern = /^\/api\/v4\/job(\/allowed_agents)?$/;

/** `/job` and `/job/allowed_agents`: what a running job's token says of its job; `null` for other paths (GitLab model, section 2). */
export function jobApi(exchange: Exchange): Reply | null {
  const match = pattern.exec(exchange.path);
  if (!match) return null;
  if (exchange.method !== 'GET') return noRoute;
  const caller = callerIn(exchange, apiRoutes);
  const { answer } = decide(exchange, caller, { project: null, need: 'read' }, { route: 'job' });
  if (answer.status !== 200 || caller.kind !== 'token' || caller.token.kind !== 'job') {
    return refuse(answer, caller, '', 'api');
  }
  const { user, project: path } = caller.token;
  const project = findProject(exchange.store.model, path);
  const who = { id: userId(exchange.store.model, user), username: user };
  const pipeline = {
    id: 2001,
    project_id: project?.id ?? null,
    ref: 'main',
    sha: 'a'.repeat(40),
    status: 'running',
  };
  const where = { id: project?.id ?? null, path_with_namespace: path };
  if (match[1])
    return json(200, {
      allowed_agents: [],
      job: { id: 1001 },
      pipeline,
      project: where,
      user: { ...who, roles_in_project: rolesUpTo(roleIn(exchange.store.model, user, path)) },
    });
  return json(200, {
    id: 1001,
    status: 'running',
    stage: 'test',
    name: 'install',
    ref: 'main',
    finished_at: null,
    user: who,
    commit: { id: pipeline.sha },
    pipeline,
    project: { ci_job_token_scope_enabled: false },
    web_url: `${exchange.externalUrl}/${path}/-/jobs/1001`,
  });
}

const listedRoles: readonly Role[] = ['guest', 'planner', 'reporter', 'developer', 'maintainer', 'owner'];

/** Every role up to the user's (gitlabhq lib/api/ci/jobs.rb); no IP restriction takes one away. */
function rolesUpTo(role: Role): readonly Role[] {
  return listedRoles.filter((one) => isAtLeast(role, one));
}

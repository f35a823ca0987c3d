import { atLeast } from '../domain/server-version.ts';
import { mayReadProject } from '../providers/gitlab/access-rules.ts';
import { accessStateOf, versionOf } from './access-state-of.ts';
import {
  callerIn,
  decide,
  decoded,
  type Exchange,
  gitRoutes,
  namedMessage,
  noJobTokens,
} from './exchange.ts';
import { findGroup, findProject } from './look-up.ts';
import type { GitLabModel, ProjectModel } from './model.ts';
import { json, noRoute, plain, type Reply } from './reply.ts';

const apiPattern = /^\/api\/v4\/projects\/([^/]+)$/;
const gitPattern = /^\/(.+)\.git\/info\/refs$/;

/** `GET /projects/:id`, which knows no job tokens; `null` for other paths (GitLab model, section 2). */
export function projectApi(exchange: Exchange): Reply | null {
  const match = apiPattern.exec(exchange.path);
  if (!match) return null;
  if (exchange.method !== 'GET') return noRoute;
  const { model } = exchange.store;
  const project = findProject(model, decoded(match[1] ?? '') ?? '');
  const caller = callerIn(exchange, noJobTokens);
  if (caller.kind === 'dead') return json(401, { message: '401 Unauthorized' });
  if (project === null || !mayReadProject(accessStateOf(model, caller, { project, need: 'read' }))) {
    return json(404, { message: '404 Project Not Found' });
  }
  const basic = {
    id: project.id,
    path_with_namespace: project.path,
    namespace: namespaceOf(model, project.path),
    web_url: `${exchange.externalUrl}/${project.path}`,
  };
  return json(200, caller.kind === 'nobody' ? basic : { ...basic, ...settingsOf(model, project) });
}

/** What only somebody who is signed in is told of a project (GitLab's entities: `BasicProjectDetails` for nobody, `Project` for users). */
function settingsOf(
  model: GitLabModel,
  { visibility, registry }: ProjectModel,
): Readonly<Record<string, unknown>> {
  return {
    visibility,
    packages_enabled: registry !== 'disabled',
    ...(tellsLevel(model) ? { package_registry_access_level: registry } : {}),
  };
}

/** `package_registry_access_level` is told since 17.6 (gitlab-org/gitlab !170122). */
function tellsLevel(model: GitLabModel): boolean {
  return atLeast(versionOf(model.settings.version), 17, 6);
}

/** The group or user right above a project; a group's number is the group's own. */
function namespaceOf(model: GitLabModel, path: string): Readonly<Record<string, unknown>> {
  const above = path.slice(0, path.lastIndexOf('/'));
  const group = findGroup(model, above);
  return group === null
    ? { id: 9000, kind: 'user', full_path: above }
    : { id: group.id, kind: 'group', full_path: group.path };
}

/** The ref advertisement of a project's repository, by basic authentication; `null` for other paths (GitLab model, section 2). */
export function gitRoute(exchange: Exchange): Reply | null {
  const match = gitPattern.exec(exchange.path);
  if (!match || exchange.path.startsWith('/api/') || exchange.query.get('service') !== 'git-upload-pack')
    return null;
  const project = findProject(exchange.store.model, decoded(match[1] ?? '') ?? '');
  const caller = callerIn(exchange, gitRoutes);
  const { answer } = decide(exchange, caller, { project, need: 'read' }, { route: 'git' });
  if (answer.status === 200) {
    const advertisement = '001e# service=git-upload-pack\n00000000';
    return {
      status: 200,
      headers: { 'content-type': 'application/x-git-upload-pack-advertisement' },
      body: advertisement,
    };
  }
  const challenge = answer.status === 401 ? { 'www-authenticate': 'Basic realm="GitLab"' } : undefined;
  return plain(answer.status, namedMessage(answer, caller, project?.path ?? ''), challenge);
}

import type { AccessAnswer, AccessRequest, AccessState, Role } from '../../domain/access-state.ts';
import { message } from './access-messages.ts';
import {
  hasPublicUserAccess,
  isAtLeast,
  isSince,
  isWithinJobScope,
  lacksPermission,
  listsPackages,
  mayReadPackages,
  mayReadProject,
  mayWritePackages,
  reachOf,
} from './access-predicates.ts';

export {
  effectiveRole,
  hasPublicUserAccess,
  isWithinJobScope,
  lacksPermission,
  listsPackages,
  mayReadPackages,
  mayReadProject,
} from './access-predicates.ts';

type Need = 'read' | 'admin';
type Anonymous = 'unauthorized' | 'not-found';
type Route<R extends AccessRequest['route']> = Extract<AccessRequest, { route: R }>;

/**
 * GitLab's decision about one request to one package project: status, literal message and where it redirects to
 * (GitLab model, sections 2 to 5, and the spec rows). Total: every state has an answer. Errors: none.
 */
export function judge(state: AccessState, request: AccessRequest): AccessAnswer {
  const refusal = refusedCredential(state, request);
  if (refusal) return refusal;
  switch (request.route) {
    case 'metadata':
      return metadata(state, request, listsPackages(state));
    case 'tarball':
      return tarball(state);
    case 'dist-tags':
      return distTags(state, request);
    case 'audit':
      return audit(state, request);
    case 'upload':
      return upload(state, request);
    case 'packages-api':
      return packagesApi(state, request);
    case 'git':
      return git(state);
    case 'settings':
      return settings(state);
    case 'job':
      return job(state);
  }
}

/**
 * The same decision for metadata of a name that several projects of a namespace hold: `newest` is the state of the newest
 * package's project, `others` those of the rest. Variant V2 answers when any of them may be listed; V1 knows only the newest.
 */
export function judgeNamespace(
  newest: AccessState,
  others: readonly AccessState[],
  request: Route<'metadata'>,
): AccessAnswer {
  const listed = listsPackages(newest) || others.some(listsPackages);
  return refusedCredential(newest, request) ?? metadata(newest, request, listed);
}

/** What is refused before any route looks at the project: a token that is no good, or too narrow (GitLab model, section 3). */
function refusedCredential(state: AccessState, request: AccessRequest): AccessAnswer | null {
  if (state.token === 'dead') {
    return request.route === 'git' ? refused(401, message.basicDenied) : unauthorized;
  }
  if (state.token !== 'personal' || request.route === 'job' || request.route === 'git') return null;
  const reach = reachOf(state);
  const enough = needOf(request) === 'admin' ? reach === 'write' : reach !== 'none';
  return enough ? null : refused(403, message.insufficientScope);
}

function needOf(request: AccessRequest): Need {
  switch (request.route) {
    case 'upload':
      return 'admin';
    case 'settings':
      return request.write ? 'admin' : 'read';
    case 'dist-tags':
      return request.write === 'none' ? 'read' : 'admin';
    case 'packages-api':
      return request.delete ? 'admin' : 'read';
    default:
      return 'read';
  }
}

function metadata(state: AccessState, { prefix }: Route<'metadata'>, listed: boolean): AccessAnswer {
  if (prefix === 'group' && !state.groupVisible) return hiddenGroup(state);
  const absent = isAbsent(state, prefix);
  if (absent && state.forwarding) return { status: 302, message: null, to: 'public-registry' };
  if (prefix === 'project') {
    const refusal = packageProject(state, 'read', 'unauthorized');
    return refusal ?? (absent ? refused(404, message.packagesNotFound) : ok);
  }
  if (absent) {
    return refused(404, state.variant === 'V2' ? message.packagesNotFound : message.projectNotFound);
  }
  if (lacksPermission(state, 'read')) return permissionRequired('read');
  if (state.variant === 'V2') {
    if (listed) return ok;
    return state.token === 'none' ? unauthorized : forbidden;
  }
  return readableProject(state, 'read', 'unauthorized') ?? allowed(mayReadPackages(state));
}

function tarball(state: AccessState): AccessAnswer {
  const refusal = packageProject(state, 'read', 'not-found');
  if (refusal) return refusal;
  if (state.holds === 'no-file') return refused(404, message.notFound);
  return state.holds === 'version' ? ok : refused(404, message.packageNotFound);
}

function distTags(state: AccessState, { prefix, write }: Route<'dist-tags'>): AccessAnswer {
  if (write !== 'none' && state.token === 'none') return unauthorized;
  if (prefix === 'group' && !state.groupVisible) return hiddenGroup(state);
  const need: Need = write === 'none' ? 'read' : 'admin';
  if (prefix !== 'project' && isAbsent(state, prefix)) return refused(404, message.projectNotFound);
  const refusal =
    prefix === 'project'
      ? packageProject(state, need, 'unauthorized')
      : readableProject(state, need, 'unauthorized');
  if (refusal) return refusal;
  switch (write) {
    case 'none':
      if (!mayReadPackages(state)) return forbidden;
      return state.holds === 'nothing' ? refused(404, message.packageNotFound) : ok;
    case 'put':
      if (!mayWritePackages(state, 'developer')) return forbidden;
      return ['version', 'no-file'].includes(state.holds) ? done : refused(404, message.packageNotFound);
    case 'delete':
      if (!mayWritePackages(state, 'maintainer')) return forbidden;
      return state.holds === 'nothing' ? refused(404, message.tagNotFound) : done;
  }
}

function audit(state: AccessState, { prefix }: Route<'audit'>): AccessAnswer {
  if (state.token === 'none') return unauthorized;
  if (prefix === 'group' && !state.groupVisible) return hiddenGroup(state);
  if (state.forwarding) return { status: 307, message: null, to: 'public-registry' };
  if (prefix !== 'project') return refused(404, message.projectNotFound);
  return packageProject(state, 'read', 'unauthorized') ?? ok;
}

function upload(state: AccessState, request: Route<'upload'>): AccessAnswer {
  if (state.token === 'none') return unauthorized;
  const least: Role = request.deprecate ? 'maintainer' : 'developer';
  return packageProject(state, 'admin', 'unauthorized') ?? allowed(mayWritePackages(state, least));
}

function packagesApi(state: AccessState, request: Route<'packages-api'>): AccessAnswer {
  const refusal = readableProject(state, needOf(request), 'not-found');
  if (refusal) return refusal;
  if (!request.delete) return allowed(mayReadPackages(state));
  return mayWritePackages(state, 'maintainer') ? done : forbidden;
}

/** The allowlist settings: a Maintainer's personal token, never a job or deploy token (GitLab model, section 2). */
function settings(state: AccessState): AccessAnswer {
  if (state.token !== 'personal') return unauthorized;
  if (!mayReadProject(state)) return refused(404, message.projectNotFound);
  return allowed(isAtLeast(state.role, 'maintainer'));
}

function job(state: AccessState): AccessAnswer {
  if (state.token === 'running') return ok;
  return state.token === 'personal' ? refused(404, message.notFound) : unauthorized;
}

/**
 * The repository's ref advertisement: whether the project may be read comes first, then whether there is a repository, then whether its code may be
 * (gitlabhq lib/gitlab/git_access.rb). A repository that is on follows the project's visibility.
 */
function git(state: AccessState): AccessAnswer {
  const open = state.exists && state.visibility === 'public';
  const isThere = state.repository === undefined;
  if (state.token === 'none') return open && isThere ? ok : refused(401, message.basicDenied);
  if (!state.exists) return refused(404, message.gitNotFound);
  if (!mayReadProject(state) && !open) return gitHidden(state);
  if (state.repository === 'none') return refused(404, message.gitNoRepository);
  if (!isThere) return refused(403, message.gitNoDownload);
  const mayDownload =
    open ||
    hasPublicUserAccess(state) ||
    ((state.token === 'personal' || isWithinJobScope(state)) && isAtLeast(state.role, 'reporter'));
  return mayDownload ? ok : refused(403, message.gitNoDownload);
}

function gitHidden(state: AccessState): AccessAnswer {
  if (state.token !== 'running' || !isSince(state, 17, 4)) return refused(404, message.gitNotFound);
  const letIn = isWithinJobScope(state) || hasPublicUserAccess(state);
  return refused(403, letIn ? message.gitNoRole : message.gitNotAllowedFrom);
}

/** Nothing under the name at this prefix: there is no such package, or the prefix can't know the scope. */
function isAbsent(state: AccessState, prefix: 'instance' | 'group' | 'project'): boolean {
  if (!state.exists || state.holds === 'nothing') return true;
  return (prefix === 'instance' && !state.rootScope) || (prefix === 'group' && state.belowGroup === false);
}

/** The look-up of the project prefix: permissions first, then packages, then the project (spec rows, section 8). */
function packageProject(state: AccessState, need: Need, anonymous: Anonymous): AccessAnswer | null {
  if (state.exists && lacksPermission(state, need)) return permissionRequired(need);
  if (mayReadPackages(state)) return null;
  if (mayReadProject(state)) return forbidden;
  if (state.token === 'none' && anonymous === 'unauthorized') return unauthorized;
  return refused(404, message.projectNotFound);
}

/** The look-up of every other route: the project first, then permissions. It names the reason since 17.4 (GitLab model, section 6). */
function readableProject(state: AccessState, need: Need, anonymous: Anonymous): AccessAnswer | null {
  if (!state.exists) return refused(404, message.projectNotFound);
  if (mayReadProject(state)) return lacksPermission(state, need) ? permissionRequired(need) : null;
  if (state.token === 'none' && anonymous === 'unauthorized') return unauthorized;
  if (state.token === 'running' && isSince(state, 17, 4)) return refused(403, message.notAllowedFrom);
  return refused(404, message.projectNotFound);
}

function hiddenGroup(state: AccessState): AccessAnswer {
  return state.token === 'none' ? unauthorized : refused(404, message.groupNotFound);
}

function permissionRequired(need: Need): AccessAnswer {
  return refused(403, need === 'read' ? message.mayNotRead : message.mayNotAdminister);
}

function allowed(yes: boolean): AccessAnswer {
  return yes ? ok : forbidden;
}

function refused(status: number, text: string): AccessAnswer {
  return { status, message: text, to: null };
}

const ok: AccessAnswer = { status: 200, message: null, to: null };
const done: AccessAnswer = { status: 204, message: null, to: null };
const unauthorized: AccessAnswer = refused(401, message.unauthorized);
const forbidden: AccessAnswer = refused(403, message.forbidden);

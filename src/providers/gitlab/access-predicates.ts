import type { AccessState, Role } from '../../domain/access-state.ts';

const rank: Readonly<Record<Role, number>> = {
  none: 0,
  guest: 1,
  planner: 2,
  reporter: 3,
  developer: 4,
  maintainer: 5,
  owner: 6,
};

/** Whether `role` is `least` or more. */
export function isAtLeast(role: Role, least: Role): boolean {
  return rank[role] >= rank[least];
}

/** Whether the server's version is `major.minor` or later. */
export function isSince(state: AccessState, major: number, minor: number): boolean {
  const [a, b] = state.version;
  return a > major || (a === major && b >= minor);
}

/**
 * Whether the package project is reachable for the job token: it is the job's own, or its allowlist lets the consumer in and the
 * consumer's own outbound list (up to 17.x) does not hold it back. Public projects are never held back by the outbound list
 * (GitLab model, section 3; spec rows, section 5.3). Fine-grained permissions do not matter here.
 */
export function isWithinJobScope(state: AccessState): boolean {
  if (state.ownProject) return true;
  const spared =
    state.visibility === 'public' ||
    (state.visibility === 'internal' && state.outboundSparesInternal === true);
  const heldBack = state.outboundLimited && !isSince(state, 18, 0) && !spared;
  return state.allowlist !== 'no-entry' && !heldBack;
}

/** The role that counts for the request: a job token out of scope has none, however high the user's (spec rows, section 5.2). */
export function effectiveRole(state: AccessState): Role {
  if (state.token === 'personal') return state.role;
  return state.token === 'running' && isWithinJobScope(state) ? state.role : 'none';
}

/**
 * Whether the token's user counts among those to whom the project is open by its visibility alone. On internal projects the
 * allowlist does not matter for this, on public ones it does (spec rows, section 5.2; GitLab model, section 3).
 */
export function hasPublicUserAccess(state: AccessState): boolean {
  if (state.token !== 'personal' && state.token !== 'running') return false;
  if (state.visibility === 'internal') return !state.external;
  return state.visibility === 'public' && (state.token === 'personal' || isWithinJobScope(state));
}

/** Whether the token may see that the project exists (GitLab's `read_project`; GitLab model, section 3; spec rows, section 5.2). */
export function mayReadProject(state: AccessState): boolean {
  if (!state.exists) return false;
  switch (state.token) {
    case 'dead':
      return false;
    case 'none':
      return state.visibility === 'public';
    case 'deploy':
      return reachOf(state) !== 'none' || isOpenToUser(state);
    case 'personal':
      return isOpenToUser(state) || state.role !== 'none';
    case 'running':
      if (isWithinJobScope(state)) return isOpenToUser(state) || state.role !== 'none';
      return isOpenToUser(state) && (isRegistryOpen(state) || strangersReadProject(state));
  }
}

/**
 * Whether the token may pull packages of the project at its own prefix (GitLab's `read_package`; GitLab model, section 3).
 * Fine-grained permissions are not part of it: see `lacksPermission`.
 */
export function mayReadPackages(state: AccessState): boolean {
  if (!state.exists || state.registry === 'disabled') return false;
  switch (state.token) {
    case 'dead':
      return false;
    case 'none':
      return isOpenToAnyone(state) || (state.visibility === 'public' && isRegistryOpen(state));
    case 'deploy':
      return (
        reachOf(state) !== 'none' || isOpenToAnyone(state) || (isOpenToUser(state) && isRegistryOpen(state))
      );
    case 'personal':
      return userMayPull(state);
    case 'running':
      if (isWithinJobScope(state)) return userMayPull(state);
      return (
        (isOpenToUser(state) && isRegistryOpen(state)) ||
        (state.strangersPullOpen === true && isOpenToAnyone(state))
      );
  }
}

/**
 * Whether variant V2 of the metadata routes lists the project's packages: by membership and visibility alone, whatever the
 * allowlist says (GitLab model, section 3, step 5).
 */
export function listsPackages(state: AccessState): boolean {
  if (!state.exists || state.registry === 'disabled') return false;
  switch (state.token) {
    case 'dead':
      return false;
    case 'none':
      return state.visibility === 'public';
    case 'deploy':
      return reachOf(state) !== 'none' || isOpenToUser(state);
    case 'personal':
    case 'running':
      return isOpenToUser(state) || mayPullByRole(state);
  }
}

/** Whether the token may write packages, given the least role for it (GitLab model, section 5). */
export function mayWritePackages(state: AccessState, least: Role): boolean {
  if (!state.exists || state.registry === 'disabled') return false;
  if (state.token === 'deploy') return reachOf(state) === 'write';
  return isAtLeast(effectiveRole(state), least);
}

/**
 * Whether fine-grained policies refuse the job token: they apply on this server, the allowlist is in force, and there is no entry or
 * one without the permission. Reading is exempt where project and registry are open to everyone, in newer releases
 * (GitLab model, section 3, step 4; the exemption is taken to start with 18.0).
 */
export function lacksPermission(state: AccessState, need: 'read' | 'admin'): boolean {
  if (state.token !== 'running' || state.ownProject || !policiesApply(state)) return false;
  const open = state.visibility !== 'private' && isOpenLevel(state);
  if (need === 'read' && open && isSince(state, 18, 0)) return false;
  return state.allowlist === 'no-entry' || state.allowlist === 'permission-missing';
}

/** What a personal or deploy token's scopes allow in the project. */
export function reachOf(state: AccessState): 'write' | 'read' | 'none' {
  return state.tokenElsewhere ? 'none' : (state.tokenReach ?? 'write');
}

function policiesApply(state: AccessState): boolean {
  return isSince(state, 18, 3) || (isSince(state, 17, 10) && state.policies);
}

function userMayPull(state: AccessState): boolean {
  return isOpenToAnyone(state) || mayPullByRole(state) || (isOpenToUser(state) && isRegistryOpen(state));
}

function mayPullByRole(state: AccessState): boolean {
  const least = state.guestsMayPull && isSince(state, 17, 9) ? 'guest' : 'reporter';
  return isAtLeast(state.role, least);
}

/** A deploy token is somebody known and nobody external, whatever it is of (GitLab's `PolicyActor`). */
function isOpenToUser({ visibility, token, external }: AccessState): boolean {
  return visibility === 'public' || (visibility === 'internal' && (token === 'deploy' || !external));
}

function isOpenToAnyone(state: AccessState): boolean {
  return state.registry === 'public' && state.anyoneMayPull;
}

function isOpenLevel(state: AccessState): boolean {
  return state.registry === 'enabled' || state.registry === 'public';
}

/** The registry is not for members only. Before 16.6 that setting did not bind job tokens (GitLab model, section 6). */
function isRegistryOpen(state: AccessState): boolean {
  if (isOpenLevel(state)) return true;
  if (state.registry !== 'private') return false;
  return state.token === 'running' ? !isSince(state, 16, 6) : state.membersOnlyForJobs === true;
}

function strangersReadProject(state: AccessState): boolean {
  return state.strangersReadProject ?? isSince(state, 18, 0);
}

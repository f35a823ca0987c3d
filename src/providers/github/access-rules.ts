import type { GitHubFault } from '../../domain/github-access.ts';
import type { RefusalClass } from './refusals.ts';

/**
 * Everything that the decision of GitHub Packages about one package rests on, seen from one token (GitHub notes, sections A1 to A3 and A6).
 * The simulator derives it from its model; the diagnosis enumerates it and keeps the states that explain every answer.
 */
export interface GitHubState {
  platform: 'cloud' | 'server';
  /** `dead`: unknown, expired, revoked or of another server. `app`: of a GitHub App other than Actions. `oauth` goes by the rules of `classic`. */
  token: 'none' | 'dead' | 'workflow' | 'app' | 'classic' | 'fine-grained';
  /** The workflow's permissions let its token read packages. */
  packagesPermission: boolean;
  /** A classic token has the scope `read:packages`. */
  readScope: boolean;
  /** A classic token is authorised for the single sign-on of the owner, or the owner asks for none. */
  authorised: boolean;
  owner: 'organisation' | 'user' | 'absent';
  /** The owner is that of the job's repository. */
  ownOwner: boolean;
  holds: 'version' | 'other-versions' | 'nothing';
  public: boolean;
  /** The repository may read it (Actions access, or linked to it), or the user of the classic token may. */
  access: boolean;
  /** The run is of a fork, and whether its token keeps the access of the repository, which is not documented. */
  fromFork: boolean;
  forkKeepsAccess: boolean;
  /** Answers 404 for what may not be read: GitHub Enterprise Server may, github.com tells by a 403 that it is there. */
  hides: boolean;
  /** The two answers that were seen for a GitHub App's token, and for a token without the scope. */
  appAnswer: 401 | 403;
  scopeAnswer: 401 | 403;
}

/** A request of an install. A tarball is asked at `/download/`, below the same rules as its metadata. */
export type GitHubRequest = 'metadata' | 'tarball';

/** The registry's answer. `refusal` is `null` for a success and for refusals whose words nobody knows. `fault` is what it comes from. */
export interface GitHubAnswer {
  status: 200 | 401 | 403 | 404;
  refusal: Exclude<RefusalClass, 'other'> | null;
  fault: GitHubFault | 'no-token' | null;
}

/**
 * The answer of GitHub Packages to one request: the first rule that refuses. Rows are those of GitHub notes, section A2. The order of the rules
 * is inferred from the reports, no live registry was asked: token before package, permission before access (a workflow with neither grant hears
 * of the permission first), existence before access (today's registry tells by a 403 that a package exists).
 */
export function judge(state: GitHubState, request: GitHubRequest): GitHubAnswer {
  return tokenRefusal(state) ?? packageRefusal(state) ?? versionRefusal(state, request) ?? granted;
}

const granted: GitHubAnswer = { status: 200, refusal: null, fault: null };

function tokenRefusal(state: GitHubState): GitHubAnswer | null {
  switch (state.token) {
    case 'none': // row 1
      return { status: 401, refusal: 'no-token', fault: 'no-token' };
    case 'dead': // row 2
      return { status: 401, refusal: 'bad-token', fault: 'token-rejected' };
    case 'fine-grained': // row 12: not documented as working, and in no known words
      return { status: 401, refusal: null, fault: 'token-kind-unsupported' };
    case 'app': // row 4
      return state.appAnswer === 401
        ? { status: 401, refusal: 'unsupported-kind', fault: 'token-kind-unsupported' }
        : { status: 403, refusal: 'no-packages-permission', fault: 'token-kind-unsupported' };
    case 'classic':
      if (!state.readScope)
        // row 5
        return { status: state.scopeAnswer, refusal: 'missing-scope', fault: 'token-scope-missing' };
      return state.authorised ? null : { status: 401, refusal: 'bad-token', fault: 'sso-not-authorised' }; // row 3
    case 'workflow':
      return state.packagesPermission
        ? null
        : { status: 403, refusal: 'no-packages-permission', fault: 'workflow-permission-missing' }; // row 6
  }
}

function packageRefusal(state: GitHubState): GitHubAnswer | null {
  if (state.owner === 'absent')
    // row 10, seen when publishing
    return { status: 403, refusal: 'owner-not-found', fault: 'project-not-found' };
  if (state.holds === 'nothing')
    // row 9
    return { status: 404, refusal: 'not-found', fault: 'package-not-found' };
  const fault = accessFault(state);
  if (fault === null) return null;
  return state.hides
    ? { status: 404, refusal: 'not-found', fault }
    : { status: 403, refusal: 'no-access', fault }; // rows 7 and 8
}

/** Why a token that is good may not read a package that is there. A workflow's access can only be granted by an owner to its own repositories. */
function accessFault(state: GitHubState): GitHubFault | null {
  if (state.public) return null;
  if (state.token === 'classic') return state.access ? null : 'role-missing';
  if (state.platform === 'server') return state.access ? null : 'token-kind-unsupported';
  if (!state.access) return state.ownOwner ? 'actions-access-missing' : 'package-of-another-owner';
  return state.fromFork && !state.forkKeepsAccess ? 'fork-run-restricted' : null;
}

function versionRefusal(state: GitHubState, request: GitHubRequest): GitHubAnswer | null {
  return request === 'tarball' && state.holds !== 'version'
    ? { status: 404, refusal: 'not-found', fault: 'version-not-found' }
    : null;
}

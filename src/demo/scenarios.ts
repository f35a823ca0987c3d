import type { Scenario } from './scenario.ts';
import { allowlistOtherDirection } from './scenarios/allowlist-other-direction.ts';
import { finishedToken } from './scenarios/finished-token.ts';
import { forwardedToPublic } from './scenarios/forwarded-to-public.ts';
import { githubActionsAccess } from './scenarios/github-actions-access.ts';
import { githubPermissionMissing } from './scenarios/github-permission-missing.ts';
import { githubTokenNotPassed } from './scenarios/github-token-not-passed.ts';
import { healthy } from './scenarios/healthy.ts';
import { lockfileOfAnotherHost } from './scenarios/lockfile-of-another-host.ts';
import { registryMembersOnly } from './scenarios/registry-members-only.ts';
import { roleMissing } from './scenarios/role-missing.ts';
import { tarballPrefixUncovered } from './scenarios/tarball-prefix-uncovered.ts';
import { wrongScope } from './scenarios/wrong-scope.ts';

/** The scenarios of the command `demo`; the first is the one of the README. */
export const scenarios: readonly Scenario[] = [
  allowlistOtherDirection,
  tarballPrefixUncovered,
  roleMissing,
  finishedToken,
  wrongScope,
  forwardedToPublic,
  registryMembersOnly,
  lockfileOfAnotherHost,
  githubPermissionMissing,
  githubActionsAccess,
  githubTokenNotPassed,
  healthy,
];

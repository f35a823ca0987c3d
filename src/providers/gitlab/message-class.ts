import type { AccountDenial } from '../../domain/access-state.ts';

/** What one of GitLab's refusals says, whatever its exact words in a release (GitLab model, section 4). */
export type MessageClass =
  | 'not-allowed-from'
  | 'insufficient-permissions'
  | 'git-role'
  | 'git-no-download'
  | 'git-no-repository'
  | 'git-not-found'
  | 'project-not-found'
  | 'group-not-found'
  | 'package-not-found'
  | 'insufficient-scope'
  | 'account-denied'
  | 'not-found'
  | 'forbidden'
  | 'unauthorized'
  | 'other';

const classes: readonly (readonly [RegExp, MessageClass])[] = [
  [/job token not allowed from/i, 'not-allowed-from'],
  [/insufficient permissions to access this resource/i, 'insufficient-permissions'],
  [/insufficient permissions to pull from the repository/i, 'git-role'],
  [/^you are not allowed to download code from this project/i, 'git-no-download'],
  [/^a repository for this project does not exist yet/i, 'git-no-repository'],
  [/^the project you were looking for could not be found/i, 'git-not-found'],
  [/project not found/i, 'project-not-found'],
  [/group not found/i, 'group-not-found'],
  [/packages? not found/i, 'package-not-found'],
  [/insufficient[_ ]scope/i, 'insufficient-scope'],
  [/^404 not found$/i, 'not-found'],
  [/^403 forbidden$/i, 'forbidden'],
  [/^401 unauthorized$|^invalid_token$/i, 'unauthorized'],
];

/**
 * What the API says of an account that it lets make no request, behind its `403 Forbidden - ` (gitlabhq lib/gitlab/auth/user_access_denied_reason.rb,
 * lib/api/api_guard.rb). `blocked` is also said where no other reason fits.
 */
const denials: readonly (readonly [RegExp, AccountDenial])[] = [
  [/^this action cannot be performed by internal users/i, 'internal'],
  [/^your account is pending approval/i, 'pending-approval'],
  [/^you \(\S+\) must accept the terms of service/i, 'terms'],
  [/^your account has been deactivated/i, 'deactivated'],
  [/^your primary email address is not confirmed/i, 'unconfirmed'],
  [/^your password expired/i, 'password-expired'],
  [/^your account has been blocked/i, 'blocked'],
];

/** Why GitLab refuses the account behind a token; `null` for a text that is about something else. */
export function accountDenialIn(text: string): AccountDenial | null {
  const said = /^403 forbidden - (.*)/i.exec(text.trim())?.[1];
  return said === undefined ? null : (denials.find(([pattern]) => pattern.test(said))?.[1] ?? null);
}

/** The class of a refusal's text. Words that no route of GitLab is known to say, a gateway's for example, are `other`. */
export function classifyMessage(text: string): MessageClass {
  const found = classes.find(([pattern]) => pattern.test(text.trim()))?.[1];
  return found ?? (accountDenialIn(text) === null ? 'other' : 'account-denied');
}

/** The last path segment of the package project, where a refusal names it. */
export function projectNamedIn(text: string): string | null {
  const notAllowed = /job token not allowed from \S+ to ([\w.-]+?)\.?(?:\s|$)/i.exec(text);
  if (notAllowed?.[1]) return notAllowed[1];
  const insufficient = /resource in project ([\w.-]+?)\.(?:\s|$)/i.exec(text);
  if (insufficient?.[1]) return insufficient[1];
  return /repository of project ([\w.-]+?)\.?(?:\s|$)/i.exec(text)?.[1] ?? null;
}

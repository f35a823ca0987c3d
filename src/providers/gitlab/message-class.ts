/** What one of GitLab's refusals says, whatever its exact words in a release (GitLab model, section 4). */
export type MessageClass =
  | 'not-allowed-from'
  | 'insufficient-permissions'
  | 'git-role'
  | 'project-not-found'
  | 'group-not-found'
  | 'package-not-found'
  | 'insufficient-scope'
  | 'not-found'
  | 'forbidden'
  | 'unauthorized'
  | 'other';

const classes: readonly (readonly [RegExp, MessageClass])[] = [
  [/job token not allowed from/i, 'not-allowed-from'],
  [/insufficient permissions to access this resource/i, 'insufficient-permissions'],
  [/insufficient permissions to pull from the repository/i, 'git-role'],
  [/project not found/i, 'project-not-found'],
  [/group not found/i, 'group-not-found'],
  [/packages? not found/i, 'package-not-found'],
  [/insufficient[_ ]scope/i, 'insufficient-scope'],
  [/^404 not found$/i, 'not-found'],
  [/^403 forbidden$/i, 'forbidden'],
  [/^401 unauthorized$|^invalid_token$/i, 'unauthorized'],
];

/** The class of a refusal's text. Words that no route of GitLab is known to say, a gateway's for example, are `other`. */
export function classifyMessage(text: string): MessageClass {
  return classes.find(([pattern]) => pattern.test(text.trim()))?.[1] ?? 'other';
}

/** The last path segment of the package project, where a refusal names it. */
export function projectNamedIn(text: string): string | null {
  const notAllowed = /job token not allowed from \S+ to ([\w.-]+?)\.?(?:\s|$)/i.exec(text);
  if (notAllowed?.[1]) return notAllowed[1];
  const insufficient = /resource in project ([\w.-]+?)\.(?:\s|$)/i.exec(text);
  if (insufficient?.[1]) return insufficient[1];
  return /repository of project ([\w.-]+?)\.?(?:\s|$)/i.exec(text)?.[1] ?? null;
}

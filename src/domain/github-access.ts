import type { GitHubRegistry } from './github-registry-of.ts';

/** What can stand between a token and a package of GitHub Packages: the slugs of the causes of that layer. */
export const githubFaults = [
  'token-rejected',
  'token-kind-unsupported',
  'token-scope-missing',
  'sso-not-authorised',
  'workflow-permission-missing',
  'actions-access-missing',
  'package-of-another-owner',
  'fork-run-restricted',
  'role-missing',
  'project-not-found',
  'package-not-found',
  'version-not-found',
] as const;

export type GitHubFault = (typeof githubFaults)[number];

/** What a token of GitHub's is, by its public beginning. `installation`: a workflow's own token or that of another GitHub App. */
export type GitHubTokenForm =
  | 'classic'
  | 'fine-grained'
  | 'installation'
  | 'oauth'
  | 'gitlab'
  | 'public-registry'
  | 'placeholder'
  | 'unknown';

/**
 * What the answers of a GitHub registry leave possible. A fault is `always` there when it explains the answers in every state of the world that
 * does, `sometimes` when in some. All are `never` where nothing known fits.
 */
export interface GitHubAccess {
  registry: GitHubRegistry;
  /** The scope without `@`: the login of the package's owner. */
  owner: string | null;
  /** The form of the token that was sent; `null` when none was. */
  form: GitHubTokenForm | null;
  faults: Readonly<Record<GitHubFault, 'always' | 'sometimes' | 'never'>>;
  /** A refusal was in words that the registry is not known to use: somebody in between may have said it. */
  strangeWords: boolean;
}

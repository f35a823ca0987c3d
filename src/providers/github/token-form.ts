import type { GitHubTokenForm } from '../../domain/github-access.ts';
import { hasForm, type Secret } from '../../domain/secret.ts';

/** Documented beginnings (GitHub docs: about authentication to GitHub, token formats; GitHub notes, section A4). Nothing is read from a length. */
const forms: readonly (readonly [RegExp, GitHubTokenForm])[] = [
  [/^github_pat_/, 'fine-grained'],
  [/^ghp_|^[0-9a-f]{40}$/, 'classic'],
  [/^ghs_/, 'installation'],
  [/^gh[ou]_/, 'oauth'],
  [/^gl[a-z]{2,8}-/, 'gitlab'],
  [/^npm_/, 'public-registry'],
  [/^X{5}(?:-X{5}){3}$|^\$\{/, 'placeholder'],
];

/** What kind of token a secret is, by its public beginning; `unknown` for any other. */
export function tokenForm(secret: Secret): GitHubTokenForm {
  return forms.find(([form]) => hasForm(secret, form))?.[1] ?? 'unknown';
}

import type { Clues } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { GitHubAccess } from '../../domain/github-access.ts';
import { registryHolding } from '../../domain/github-registry.ts';
import { percentEncoded } from '../../domain/percent-form.ts';
import { formatSource } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';
import { neededRights } from './needed-rights.ts';

/** What GitHub's rules say of a case that they were asked about. Only for causes that they give a verdict for. */
export function githubOf({ github }: Clues): GitHubAccess {
  if (github === null) throw new Error('no registry of GitHub was asked');
  return github;
}

/** The token that a case's request was sent with, as messages name it: its variable, else the line that holds it. */
export function sentToken(clues: Clues): {
  name: string;
  source: Clues['case']['target']['registry']['source'] | null;
} {
  const { credential } = failingRequest(clues) ?? {};
  if (credential?.kind !== 'token') {
    const { environment } = clues.run;
    return { name: (environment.github ?? environment).credential.variable, source: null };
  }
  return { name: credential.variable ?? formatSource(credential.source), source: credential.source };
}

/** The repository whose workflow runs, as messages name it. */
export function repositoryName({ run }: Clues): string {
  return run.environment.workflow?.repository ?? 'the repository of this job';
}

/** A package's name without its scope, as the pages of packages have it. */
export function bareName(clues: Clues): string {
  const { name } = clues.case.target.dependency;
  return scopeOf(name) === null ? name : name.slice(name.indexOf('/') + 1);
}

/** The settings page of a package on github.com and ghe.com; `null` without an owner (GitHub notes, section A5). */
export function packageSettingsUrl(clues: Clues): string | null {
  const { owner, registry } = githubOf(clues);
  if (owner === null) return null;
  const { workflow } = clues.run.environment;
  const own = workflow?.owner?.toLowerCase() === owner.toLowerCase();
  const place = own && workflow?.ownerKind === 'user' ? 'users' : 'orgs';
  return `${registry.webUrl}/${place}/${percentEncoded(owner)}/packages/npm/${percentEncoded(bareName(clues))}/settings`;
}

/** The page where classic personal tokens are made, changed and authorised. */
export function tokensPage(clues: Clues): string {
  return `${githubOf(clues).registry.webUrl}/settings/tokens`;
}

/** Whether the registry of a case is that of the GitHub whose workflow runs: the only one that the workflow's own token is for. */
export function isOwnGitHub({ run: { environment }, github }: Clues): boolean {
  return (
    github !== null && registryHolding(environment.github?.registries ?? [], github.registry.url) !== null
  );
}

/** What a job of a workflow can use instead of a personal token; nothing is said of it in other CIs. */
export function orWorkflowToken(clues: Clues): readonly string[] {
  const { run, github } = clues;
  const { workflow } = run.environment;
  const own = isOwnGitHub(clues) && workflow?.owner?.toLowerCase() === github?.owner?.toLowerCase();
  return own
    ? [
        `or use the workflow's own token, which needs no care: ${'${{ github.token }}'}, with ${neededRights(clues).permission} in its permissions and ${workflow?.repository ?? 'the repository'} in "Manage Actions access" of the package`,
      ]
    : [];
}

import type { Clues, RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { gitlabTokenVariable } from '../../domain/environment.ts';
import { prefixOf, prefixUrl } from '../../domain/prefix.ts';
import { sameOrigin } from '../../domain/registry-key.ts';

/** The variable whose value opens the registry of a case. */
export function tokenVariable(clues: Clues): string {
  const scope = scopeOf(clues.case.target.dependency.name);
  const planned = clues.run.plan.scopes.find((one) => one.scope === scope);
  const { credential, provider } = clues.run.environment;
  const chosen = credential.variable !== 'CI_JOB_TOKEN';
  const { tarball, registry } = clues.case.target;
  const onGitLab = prefixOf(registry.url ?? tarball?.url ?? '') !== null;
  const foreign =
    credential.kind === 'workflow-token' || (provider === 'generic' && credential.secret === null && !chosen);
  const own = isStranger(clues)
    ? strangersToken
    : foreign && onGitLab
      ? gitlabTokenVariable
      : credential.variable;
  if (clues.github) return planned?.tokenVariable ?? githubVariable(clues);
  // what is planned for the scope on the job's own server is nothing for another one
  const isOurs = isStranger(clues) && planned?.tokenVariable === credential.variable;
  return isOurs ? own : (planned?.tokenVariable ?? own);
}

/** How messages call a token for a server that is not the one of the job. */
const strangersToken = 'NPM_TOKEN';

/** Whether the registry of a case is on another server than the GitLab of the job, to which the job's token must never go. */
export function isStranger({ run, case: { target } }: Clues): boolean {
  const url = target.registry.url ?? target.tarball?.url ?? target.metadata?.url ?? null;
  return url !== null && isElsewhere(run, url);
}

function isElsewhere({ environment: { apiUrl, provider } }: RunFacts, url: string): boolean {
  return provider === 'gitlab' && apiUrl !== null && !sameOrigin(apiUrl, url);
}

/** What is said where the CI gives no token for that server: which one to make, and where to keep it. */
export function tokenSteps(clues: Clues): readonly string[] {
  const { provider, credential } = clues.run.environment;
  const variable = tokenVariable(clues);
  if (clues.github) return githubSteps(clues, variable);
  if (isStranger(clues))
    return [
      `${variable} stands for a token of that server that may read packages, which the job's own token is not: keep it as a masked CI/CD variable`,
    ];
  return provider === 'gitlab' || (credential.variable === variable && credential.secret !== null)
    ? []
    : [
        `${variable} stands for a token of that GitLab that may read packages (deploy token: read_package_registry, personal: read_api): keep it as a secret, and pass it to each step that installs`,
      ];
}

/** A workflow has a token for its GitHub; anywhere else the token is one that somebody makes (GitHub notes, section B). */
function githubVariable({ run }: Clues): string {
  const { github } = run.environment;
  return github ? github.credential.variable : 'GITHUB_PACKAGES_TOKEN';
}

function githubSteps({ run, github }: Clues, variable: string): readonly string[] {
  const own = run.environment.github;
  if (own && own.credential.secret !== null) return [];
  return own
    ? [
        `pass the token to each step that installs: env: ${variable}: ${'${{ github.token }}'}, with contents: read and packages: read in the permissions of the job`,
      ]
    : [
        `${variable} stands for a classic personal token with the scope read:packages, made at ${github?.registry.webUrl}/settings/tokens: keep it as a secret (GitLab: a masked variable), and pass it to each step that installs`,
      ];
}

/** The lines that give a registry of a case its credential, as its client takes them. */
export function credentialLine(clues: Clues, registry: string, variable = tokenVariable(clues)): string {
  const scope = scopeOf(clues.case.target.dependency.name);
  return clues.run.client.writing.credential(scope, registry, variable);
}

/** The same with a key for the tarballs, which GitLab serves at the prefixes of their projects. */
export function credentialLines(clues: Clues, registry: string): string {
  const prefix = prefixOf(registry);
  const { writing } = clues.run.client;
  const scope = scopeOf(clues.case.target.dependency.name);
  const below =
    writing.file === '.npmrc' && prefix !== null && prefix.kind !== 'project'
      ? [writing.credential(scope, `${prefix.apiUrl}/projects/`, tokenVariable(clues))]
      : [];
  return [credentialLine(clues, registry), ...below].join('\n');
}

/** The lines that make the credential cover a tarball of a case; those of its registry where the client has none of the kind. */
export function tarballLine(clues: Clues, tarball: string, chosen = tokenVariable(clues)): string {
  const { registry, dependency } = clues.case.target;
  const { writing } = clues.run.client;
  const scope = scopeOf(dependency.name);
  const variable = chosen === 'CI_JOB_TOKEN' && isElsewhere(clues.run, tarball) ? strangersToken : chosen;
  return (
    writing.tarball(scope, registry.url, tarball, variable) ??
    writing.credential(scope, registry.url ?? registryOfTarball(clues, tarball), variable)
  );
}

/** The registry that serves a tarball where nothing maps its scope: the planned one of that server, or the prefix that the tarball lies below. */
function registryOfTarball({ run, case: { target } }: Clues, tarball: string): string {
  const planned = plannedRegistry(run, target.dependency.name);
  if (planned !== null && sameOrigin(planned, tarball)) return planned;
  const prefix = prefixOf(tarball);
  return prefix === null ? tarball : prefixUrl(prefix);
}

/** The registry that the plan gives to a scope; `null` when the plan does not know it. */
export function plannedRegistry(run: RunFacts, packageName: string): string | null {
  const scope = scopeOf(packageName);
  return run.plan.scopes.find((one) => one.scope === scope)?.registry ?? null;
}

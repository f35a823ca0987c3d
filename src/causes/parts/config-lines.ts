import { isAbsolute } from 'node:path';
import type { Clues, RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { prefixOf, prefixUrl } from '../../domain/prefix.ts';
import { parsedUrl, sameOrigin } from '../../domain/registry-key.ts';
import { configFile } from './add-line.ts';
import { failingRequest } from './failing-request.ts';
import { isOwnGitHub } from './github-place.ts';
import { type NeededRights, neededRights } from './needed-rights.ts';
import { isHomeOf, isOfJobsGitLab, isThere, variableFor } from './token-of-server.ts';

/** The variable whose value opens the registry of a case. */
export function tokenVariable(clues: Clues): string {
  return variableFor(clues.run, registryUrl(clues), scopeOf(clues.case.target.dependency.name));
}

/** Whether a request of a case goes to another server than the GitLab of the job, to which the job's token must never go. */
export function isStranger(clues: Clues): boolean {
  const { registry } = clues.case.target;
  return [registry.url ?? registryUrl(clues), failingRequest(clues)?.url ?? null].some(
    (url) => url !== null && !isOfJobsGitLab(clues.run, url),
  );
}

function registryUrl({ github, case: { target } }: Clues): string | null {
  return github?.registry.url ?? target.registry.url ?? target.tarball?.url ?? target.metadata?.url ?? null;
}

/** What is said where the CI gives no token for that server: which one to make, and where to keep it. `tarball`: the key is for its server. */
export function tokenSteps(clues: Clues, tarball?: string): readonly string[] {
  return [...ownTokenSteps(clues, tarball), ...fileSteps(clues)];
}

/** What is said where the client would not take the line from the file into which it goes. */
export function fileSteps(clues: Clues): readonly string[] {
  const file = configFile(clues.run);
  const isProjects = clues.run.environment.provider === 'github' && !isAbsolute(file);
  return isProjects && !clues.run.client.writing.credentialsInProject
    ? [userFileStep(file, neededRights(clues))]
    : [];
}

/** How a workflow makes a file of the checkout the user's own, which pnpm wants for a reference in a credential (run for real: 10.34, 11.28). */
export function userFileStep(file: string, { does }: NeededRights): string {
  return `set NPM_CONFIG_USERCONFIG: ${'${{ github.workspace }}'}/${file} for each step that ${does}: pnpm takes a reference in a credential only from the file of the user`;
}

function ownTokenSteps(clues: Clues, tarball: string | undefined): readonly string[] {
  const { run } = clues;
  const { provider } = run.environment;
  const rights = neededRights(clues);
  const variable =
    tarball === undefined
      ? tokenVariable(clues)
      : variableFor(run, tarball, scopeOf(clues.case.target.dependency.name));
  if (clues.github || (tarball !== undefined && isHomeOf(run, 'GITHUB_TOKEN', tarball)))
    return githubSteps(clues, variable, tarball ?? null);
  if (tarball === undefined ? isStranger(clues) : !isOfJobsGitLab(run, tarball))
    return [
      strangersStep(run, variable, rights),
      ...otherNameStep(clues, tarball ?? failingRequest(clues)?.url),
    ];
  return provider === 'gitlab' || isThere(run, variable)
    ? []
    : [
        `${variable} stands for a token of that GitLab that may ${rights.verb} packages (deploy token: ${rights.gitlab.deploy}, personal: ${rights.gitlab.personal}): keep it as a secret, and pass it to each step that ${rights.does}`,
      ];
}

/** The GitLab of the job may have a second name, which nobody but its people can tell from that of another one: no token goes there to try it. */
function otherNameStep({ run, case: { target } }: Clues, asked: string | undefined): readonly string[] {
  const { apiUrl, credential } = run.environment;
  const url = target.registry.url ?? asked;
  if (apiUrl === null || credential.kind !== 'job-token' || url === undefined || prefixOf(url) === null)
    return [];
  const locked = target.metadata === null && target.dependency.locked?.tarball;
  const places = locked
    ? `the registry line and ${run.project.lockfile?.path ?? 'the lockfile'}`
    : 'the registry line';
  return [
    `or, where ${new URL(url).host} is another name of the GitLab of this job: write ${apiUrl} in ${places} instead, for which the job's own token is meant`,
  ];
}

/** The same for a server that is neither the GitLab nor the GitHub of the job. */
export function strangersStep(
  { environment: { provider } }: RunFacts,
  variable: string,
  { verb, does }: NeededRights,
): string {
  const keep =
    provider === 'gitlab'
      ? 'keep it as a masked CI/CD variable'
      : `keep it as a secret, and pass it to each step that ${does}`;
  const owner = { gitlab: "the job's own token", github: 'the token of the workflow', generic: null }[
    provider
  ];
  const own = owner === null ? '' : `, which ${owner} is not`;
  return `${variable} stands for a token of that server that may ${verb} packages${own}: ${keep}`;
}

function githubSteps(clues: Clues, variable: string, url: string | null): readonly string[] {
  if (isThere(clues.run, variable)) return [];
  const { does, permissions, scope } = neededRights(clues);
  return isOwnGitHub(clues) || isHomeOf(clues.run, 'GITHUB_TOKEN', url)
    ? [
        `pass the token to each step that ${does}: env: ${variable}: ${'${{ github.token }}'}, with ${permissions}`,
      ]
    : [
        `${variable} stands for a classic personal token with the scope ${scope}, made at ${clues.github?.registry.webUrl}/settings/tokens: keep it as a secret (GitLab: a masked variable), and pass it to each step that ${does}`,
      ];
}

/** The lines that give a registry of a case its credential, as its client takes them. */
export function credentialLine(
  { run, case: { target } }: Clues,
  registry: string,
  variable = variableFor(run, registry, scopeOf(target.dependency.name)),
): string {
  return run.client.writing.credential(scopeOf(target.dependency.name), registry, variable);
}

/** The same with a key for the tarballs, which GitLab serves at the prefixes of their projects. */
export function credentialLines(
  clues: Clues,
  registry: string,
  variable = variableFor(clues.run, registry, scopeOf(clues.case.target.dependency.name)),
): string {
  const prefix = prefixOf(registry);
  const below =
    clues.run.client.writing.file === '.npmrc' && prefix !== null && prefix.kind !== 'project'
      ? [credentialLine(clues, `${prefix.apiUrl}/projects/`, variable)]
      : [];
  return [credentialLine(clues, registry, variable), ...below].join('\n');
}

/** The lines in place of a key that was meant for a registry: a wider one, such as that of the whole API, covered the tarballs too. */
export function linesInPlaceOf(clues: Clues, key: string, registry: string, variable?: string): string {
  const path = /^\/\/[^/]*(\/.*):_\w+$/.exec(key)?.[1];
  const own = parsedUrl(registry)?.pathname;
  const isWider = path !== undefined && own !== undefined && own !== path && own.startsWith(path);
  return (isWider ? credentialLines : credentialLine)(clues, registry, variable);
}

/** The lines that make the credential cover a tarball of a case; those of its registry where the client has none of the kind. */
export function tarballLine(clues: Clues, tarball: string, chosen?: string): string {
  const { run, case: one } = clues;
  const { registry, dependency } = one.target;
  const scope = scopeOf(dependency.name);
  const variable = chosen ?? variableFor(run, tarball, scope);
  return (
    run.client.writing.tarball(scope, registry.url, tarball, variable) ??
    credentialLine(clues, registry.url ?? registryOfTarball(clues, tarball), chosen)
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

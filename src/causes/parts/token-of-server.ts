import type { RunFacts } from '../../domain/cause.ts';
import { gitlabTokenVariable } from '../../domain/environment.ts';
import { registryHolding } from '../../domain/github-registry.ts';
import { githubRegistryOf } from '../../domain/github-registry-of.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { parsedUrl, sameOrigin } from '../../domain/registry-key.ts';
import { fieldOfKey, urlOfKey } from './url-of-key.ts';

/**
 * The variable whose token may go to a server: what the plan has for the scope there, the job's own on the GitLab of the job, the workflow's on its
 * GitHub, and for any other server the name of one that somebody makes. `url` is a registry, tarball or key of the server, `null` for the public npm registry.
 */
export function variableFor(run: RunFacts, url: string | null, scope: string | null): string {
  if (url === null) return strangersVariable(run, null);
  const { credential, github, provider } = run.environment;
  const here = run.plan.scopes.filter(({ registry }) => sameOrigin(registry, url));
  const planned = here.find((one) => one.scope === scope)?.tokenVariable;
  if (planned) return planned;
  if (github && registryHolding(github.registries, url) !== null) return github.credential.variable;
  if (githubRegistryOf(url, run.environment)) return 'GITHUB_PACKAGES_TOKEN';
  const other = here.find(({ tokenVariable }) => tokenVariable !== null)?.tokenVariable;
  if (!isOfJobsGitLab(run, url)) {
    const isChosen =
      provider === 'generic' && run.environment.apiUrl === null && !isGivenByCi(credential.variable);
    return other ?? (isChosen ? credential.variable : strangersVariable(run, url));
  }
  const isAnothers =
    credential.kind === 'workflow-token' ||
    !/^\w+$/.test(credential.variable) ||
    (provider === 'generic' && credential.secret === null && credential.variable === 'CI_JOB_TOKEN');
  return isAnothers ? (other ?? gitlabTokenVariable) : credential.variable;
}

/** Whether the value of a variable is there: nothing has to be stored or passed on for a line that refers to it. */
export function isThere({ environment: { credential, github } }: RunFacts, variable: string): boolean {
  return [credential, ...(github ? [github.credential] : [])].some(
    (own) => own.variable === variable && own.secret !== null,
  );
}

/** Whether a URL is one of the GitLab that the job's token is for. Where no variable of the job names it, any GitLab is taken for it. */
export function isOfJobsGitLab({ environment: { apiUrl } }: RunFacts, url: string): boolean {
  return apiUrl === null ? prefixOf(url) !== null : sameOrigin(apiUrl, url);
}

/** Whether a variable that a CI fills is for the server of a URL (`null`: the public npm registry): the job token for its GitLab, a workflow's for its GitHub. */
export function isHomeOf(run: RunFacts, variable: string, url: string | null): boolean {
  const { github, provider } = run.environment;
  if (url === null) return false;
  return variable === 'GITHUB_TOKEN'
    ? registryHolding(github?.registries ?? [], url) !== null
    : provider !== 'github' && isOfJobsGitLab(run, url);
}

/** The variables that a CI gives to each job by itself. */
export function isGivenByCi(variable: string): boolean {
  return variable === 'CI_JOB_TOKEN' || variable === 'GITHUB_TOKEN';
}

/**
 * How messages call a token for a server that the CI gives none for: as a line of that server has it already, be it one that the client does not take, else by
 * a name that stands for no other server's.
 */
function strangersVariable(run: RunFacts, url: string | null): string {
  const { environment, plan, client } = run;
  const origin = url === null ? null : parsedUrl(url)?.origin;
  const own = new Set([environment.credential.variable, environment.github?.credential.variable]);
  const notTaken = client.problems.flatMap((problem) => {
    if (problem.kind === 'refused-expansion')
      return [{ key: problem.setting.key, names: [problem.variable] }];
    if (problem.kind !== 'ignored-file') return [];
    return [...(problem.variables ?? [])].map(([key, name]) => ({ key, names: [name] }));
  });
  const used = [
    ...notTaken,
    ...client.settings.map(({ key, variables }) => ({ key, names: variables.map(({ name }) => name) })),
  ].filter(({ names }) => names.length > 0);
  const isThereToo = ({ key }: { key: string }) => {
    const place = urlOfKey(run, key);
    return place === null ? url === null : parsedUrl(place)?.origin === origin;
  };
  const meant = used
    .filter((one) => fieldOfKey(one.key) === 'token' && isThereToo(one))
    .flatMap(({ names }) => (names.length === 1 ? names : []))
    .find((name) => !isGivenByCi(name) && !own.has(name));
  if (meant !== undefined) return meant;
  const taken = new Set([
    ...own,
    ...plan.scopes.map(({ tokenVariable }) => tokenVariable),
    ...used.filter((one) => !isThereToo(one)).flatMap(({ names }) => names),
  ]);
  return ['NPM_TOKEN', 'REGISTRY_TOKEN'].find((name) => !taken.has(name)) ?? 'OTHER_REGISTRY_TOKEN';
}

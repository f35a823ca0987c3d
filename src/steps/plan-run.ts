import { basename, join } from 'node:path';
import type { ClientModule, PlannedConfig } from '../clients/client-modules.ts';
import { withoutBlocks } from '../clients/marked-block.ts';
import { registryReach } from '../domain/client.ts';
import { type Dependency, scopeOf } from '../domain/dependency.ts';
import type { Environment } from '../domain/environment.ts';
import { registryHolding } from '../domain/github-registry.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import type { FileEdit, Plan, ScopePlan } from '../domain/plan.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { Outcome, Question } from '../domain/probe.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { scopeInOtherCase } from '../domain/scope-case.ts';
import type { Inputs } from '../inputs.ts';
import { choosePrefix } from './choose-prefix.ts';
import type { Gathered } from './gather.ts';
import { planGitHub } from './plan-github.ts';
import { mappingsWithoutEffect } from './private-packages.ts';
import { type ScopeNeed, scopeNeeds } from './scope-needs.ts';

/** What a plan is made of. `ask` is `null` offline. `runnerTemp` is where a later step of a GitHub job still finds a file. */
export interface Planning {
  gathered: Gathered;
  inputs: Inputs;
  dependencies: readonly Dependency[];
  ask: ((question: Question) => Promise<Outcome>) | null;
}

/**
 * The registry of every private scope: the one that `registries` names, which may be needed only by a package that the checkout
 * does not show (a dependency of a private one, without a lockfile); else the job's own GitHub registry where it is there; else the prefix of the
 * job's own GitLab that serves it.
 * Scopes that the user maps to another host keep their mapping and are no part of the plan.
 */
export async function planScopes({
  gathered,
  inputs,
  dependencies,
  ask,
}: Planning): Promise<readonly ScopePlan[]> {
  const { environment, client } = gathered;
  const { apiUrl } = environment;
  const lines = inputs.registries.value === 'auto' ? [] : inputs.registries.value;
  const named = lines.map((line): ScopePlan => {
    return {
      scope: line.scope,
      registry: line.url,
      prefix: prefixOf(line.url),
      tokenVariable: line.tokenVariable ?? ownVariable(environment, line.url),
      why: 'named by the input registries',
    };
  });
  const plans = await Promise.all(
    scopeNeeds(dependencies, client).map(async (need): Promise<ScopePlan | null> => {
      if (named.some(({ scope }) => scope === need.scope)) return null;
      const onGitHub = planGitHub({ environment, client }, inputs, need);
      if (onGitHub) return onGitHub;
      if (apiUrl === null || isKept(need, apiUrl) || isMeantElsewhere(need, gathered, apiUrl)) return null;
      const { prefix, why } = await choosePrefix(need, {
        environment: { ...environment, apiUrl },
        client,
        wishes: {
          prefix: inputs.prefix.value,
          groupId: inputs.groupId.value,
          projectId: inputs.projectId.value,
        },
        ask,
      });
      return {
        scope: need.scope,
        registry: prefixUrl(prefix),
        prefix,
        tokenVariable: environment.credential.variable,
        why,
      };
    }),
  );
  const installed = [...named, ...plans.filter((plan) => plan !== null)];
  const published = inputs.publish.value ? publishedScopes(gathered) : [];
  return [
    ...installed,
    ...published.filter(({ scope }) => installed.every((one) => one.scope !== scope)),
  ].sort((a, b) => ((a.scope ?? '') < (b.scope ?? '') ? -1 : 1));
}

/** The variable of the job's own credential for a registry of the CI's own server; none for a stranger's. */
function ownVariable({ apiUrl, credential, github }: Environment, url: string): string | null {
  if (apiUrl !== null && sameOrigin(apiUrl, url)) return credential.variable;
  return github && registryHolding(github.registries, url) ? github.credential.variable : null;
}

/** Scopes that nothing maps and the checkout publishes to a project of the job's own GitLab: the push needs the credential there. */
function publishedScopes({ environment, client, project }: Gathered): readonly ScopePlan[] {
  const { apiUrl } = environment;
  const found = new Map<string, ScopePlan>();
  for (const { name, registry } of project.publish) {
    const scope = scopeOf(name);
    const prefix = registry === null ? null : prefixOf(registry);
    if (scope === null || prefix?.kind !== 'project' || found.has(scope)) continue;
    if (apiUrl === null || !sameOrigin(apiUrl, prefix.apiUrl)) continue;
    if (registryReach(client.registryFor(name)) === 'scope') continue;
    found.set(scope, {
      scope,
      registry: prefixUrl(prefix),
      prefix,
      tokenVariable: environment.credential.variable,
      why: 'where package.json publishes it',
    });
  }
  return [...found.values()];
}

/** A scope that the user maps to another host, and unscoped packages, are left to the configuration that is there. */
function isKept({ scope, mapped }: ScopeNeed, apiUrl: string): boolean {
  if (scope === null) return true;
  return registryReach(mapped) === 'scope' && mapped.url !== null && !sameOrigin(mapped.url, apiUrl);
}

/**
 * A scope that nothing maps in effect, while its lockfile or the default registry leads to a GitHub, or a line that this client passes over, or that has the
 * scope in other letters, maps it to another server than the job's.
 */
function isMeantElsewhere(
  { scope, mapped, packages }: ScopeNeed,
  { client, environment }: Pick<Gathered, 'client' | 'environment'>,
  apiUrl: string,
): boolean {
  const isGitHubs = (url: string | null | undefined) => !!url && githubRegistryOf(url, environment) !== null;
  if (packages.some(({ locked }) => isGitHubs(locked?.tarball))) return true;
  if (scope === null || registryReach(mapped) === 'scope') return false;
  if (registryReach(mapped) === 'all' && isGitHubs(mapped.url)) return true;
  const meant = mappingsWithoutEffect(client).get(scope) ?? scopeInOtherCase(client, scope)?.written;
  return meant !== undefined && URL.canParse(meant) && !sameOrigin(meant, apiUrl);
}

/** The file changes that make the client use the plan, and the variables that later commands need. */
export function planFiles(
  { gathered, inputs }: Pick<Planning, 'gathered' | 'inputs'>,
  module: ClientModule,
  scopes: readonly ScopePlan[],
): Plan {
  const where = inputs.config.value;
  if (where === 'none' || scopes.length === 0) return { scopes, edits: [], exports: {} };
  const { files, exports } = planConfig(gathered, module, scopes, where);
  const edits = files.map((file): FileEdit => {
    const before = standingText(gathered, file);
    const own = before === null ? null : withoutBlocks(before);
    // the runner of GitHub takes a job's journal away with its temporary folder, and leaves the home
    const isLeftOver =
      gathered.environment.github !== undefined &&
      own !== null &&
      own !== before &&
      !gathered.earlierFiles.includes(file.path);
    return { ...file, before, mode: 0o600, ...(isLeftOver ? { original: own } : {}) };
  });
  return { scopes, edits, exports };
}

/** What a file really holds: the client's world shows the block of an earlier step as the user's own lines. */
function standingText(
  { earlierFiles, files }: Pick<Gathered, 'earlierFiles' | 'files'>,
  { path, before }: { path: string; before: string | null },
): string | null {
  if (!earlierFiles.includes(path)) return before;
  const reading = files.read(path);
  return reading.kind === 'text' ? reading.text : null;
}

/**
 * On GitHub the user-level file lies below RUNNER_TEMP, and later steps find it by an exported variable; elsewhere a process can't
 * export, so it is the file that the client reads anyway.
 */
function planConfig(
  { clientWorld, environment, client }: Pick<Gathered, 'clientWorld' | 'environment' | 'client'>,
  module: ClientModule,
  scopes: readonly ScopePlan[],
  where: 'user' | 'project',
): PlannedConfig {
  const { RUNNER_TEMP: temp, GITHUB_ENV: exported } = clientWorld.env;
  const userFolder =
    environment.provider === 'github' && temp && exported ? join(temp, 'npmrc-preflight') : null;
  return module.planConfig({ scopes, client: client.client, world: clientWorld, where, userFolder });
}

/**
 * The file in which a missing line belongs, as messages name it: for `verify` the project's own file where it may hold it, else the file that is
 * written.
 */
export function describeConfigFile(
  gathered: Gathered,
  config: 'user' | 'project' | 'none',
  command: 'run' | 'verify',
  module: ClientModule,
): string {
  const { client, clientWorld } = gathered;
  const own = client.files.find(
    ({ path, role, state }) =>
      role === 'project' && state === 'read' && basename(path) === client.writing.file,
  );
  if (own && client.writing.credentialsInProject && (command === 'verify' || config !== 'user'))
    return own.path;
  const written = command === 'run' && config !== 'none';
  const inProject = !written && client.writing.credentialsInProject;
  if (config === 'project' || inProject) return client.writing.file;
  // what lies below RUNNER_TEMP or the home is new in each job, and read there only where a run has written it
  if (!written && gathered.environment.provider === 'github') return own?.path ?? client.writing.file;
  const { files } = planConfig(gathered, module, [], 'user');
  return files[0]?.path ?? module.userConfigPath(clientWorld, client.client).path;
}

import { join } from 'node:path';
import type { ClientModule } from '../clients/client-modules.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { FileEdit, Plan, ScopePlan } from '../domain/plan.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { Outcome, Question } from '../domain/probe.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import type { Inputs } from '../inputs.ts';
import { choosePrefix, type ScopeNeed, scopeNeeds } from './choose-prefix.ts';
import type { Gathered } from './gather.ts';

/** What a plan is made of. `ask` is `null` offline. `runnerTemp` is where a later step of a GitHub job still finds a file. */
export interface Planning {
  gathered: Gathered;
  inputs: Inputs;
  dependencies: readonly Dependency[];
  ask: ((question: Question) => Promise<Outcome>) | null;
}

/**
 * The registry of every private scope: the one that `registries` names, which may be needed only by a package that the checkout
 * does not show (a dependency of a private one, without a lockfile); else the prefix of the job's own GitLab that serves it.
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
    const own = apiUrl !== null && sameOrigin(apiUrl, line.url) ? environment.credential.variable : null;
    return {
      scope: line.scope,
      registry: line.url,
      prefix: prefixOf(line.url),
      tokenVariable: line.tokenVariable ?? own,
      why: 'named by the input registries',
    };
  });
  const plans = await Promise.all(
    scopeNeeds(dependencies, client).map(async (need): Promise<ScopePlan | null> => {
      if (named.some(({ scope }) => scope === need.scope)) return null;
      if (apiUrl === null || isKept(need, apiUrl)) return null;
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
  return [...named, ...plans.filter((plan) => plan !== null)].sort((a, b) =>
    (a.scope ?? '') < (b.scope ?? '') ? -1 : 1,
  );
}

/** A scope that the user maps to another host, and unscoped packages, are left to the configuration that is there. */
function isKept({ scope, mapped }: ScopeNeed, apiUrl: string): boolean {
  if (scope === null) return true;
  return mapped.key === `${scope}:registry` && mapped.url !== null && !sameOrigin(mapped.url, apiUrl);
}

/** The file changes that make the client use the plan, and the variables that later commands need. */
export function planFiles(
  { gathered, inputs }: Pick<Planning, 'gathered' | 'inputs'>,
  module: ClientModule,
  scopes: readonly ScopePlan[],
): Plan {
  if (inputs.config.value === 'none' || scopes.length === 0) return { scopes, edits: [], exports: {} };
  const { path, exports } = configTarget(gathered, inputs.config.value, module);
  const reading = gathered.clientWorld.files.read(path);
  const before = reading.kind === 'text' ? reading.text : null;
  const after = module.planConfig({ before, scopes, client: gathered.client.client });
  const edit: FileEdit = { path, before, after, mode: 0o600 };
  return { scopes, edits: [edit], exports };
}

/**
 * The file to write: the project's own rc file when asked, else the user-level file that the client reads. On GitHub that is a file
 * below RUNNER_TEMP, which later steps find by an exported variable; elsewhere a process can't export, so it is the file that
 * the client reads anyway (`NPM_CONFIG_USERCONFIG`, else the one in the home).
 */
export function configTarget(
  { clientWorld, environment }: Pick<Gathered, 'clientWorld' | 'environment'>,
  config: 'user' | 'project',
  module: ClientModule,
): { path: string; exports: Readonly<Record<string, string>> } {
  if (config === 'project') return { path: join(clientWorld.projectDirectory, '.npmrc'), exports: {} };
  const user = module.userConfigPath(clientWorld);
  const temp = clientWorld.env.RUNNER_TEMP;
  if (
    environment.provider === 'github' &&
    temp &&
    clientWorld.env.GITHUB_ENV &&
    user.source.kind === 'default'
  ) {
    const path = join(temp, 'npmrc-preflight', '.npmrc');
    return { path, exports: { NPM_CONFIG_USERCONFIG: path } };
  }
  return { path: user.path, exports: {} };
}

/**
 * The file in which a missing line belongs, as messages name it: for `verify` the project's own rc file where there is one, else the
 * file that is written.
 */
export function describeConfigFile(
  gathered: Gathered,
  config: 'user' | 'project' | 'none',
  command: 'run' | 'verify',
  module: ClientModule,
): string {
  const own = gathered.client.files.find(({ role, state }) => role === 'project' && state === 'read');
  if (own && (command === 'verify' || config !== 'user')) return own.path;
  if (config === 'project') return '.npmrc';
  return configTarget(gathered, 'user', module).path;
}

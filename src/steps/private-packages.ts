import { isForgeRegistry, scopeOfKey } from '../clients/npmrc/gitlab-registry.ts';
import { type ClientModel, registryReach } from '../domain/client.ts';
import { type Dependency, scopeOf } from '../domain/dependency.ts';
import type { Environment } from '../domain/environment.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { hostAsWritten, keyedHosts } from '../domain/keyed-hosts.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { Project } from '../domain/project.ts';
import { isPublicRegistry } from '../domain/public-registry.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { scopeInOtherCase } from '../domain/scope-case.ts';

/** What decides which packages are private. `scopes` is the input (`null`: auto); `named` are the scopes of the input `registries`. */
export interface PrivacyFacts {
  environment: Environment;
  project: Project;
  client: ClientModel;
  scopes: readonly string[] | null;
  named: readonly string[];
}

/**
 * The private scopes among the dependencies. Auto: those that the client's configuration maps, that the lockfile resolves on the
 * registry's host, that are mapped to a GitLab where the client does not look, that equal the root namespace of the consumer, that the project
 * publishes under, or that the input names. A line that maps a scope to the public registry makes nothing private, and counts more than the name of the root
 * namespace.
 */
export function privateScopes(facts: PrivacyFacts): ReadonlySet<string> {
  const used = new Set(facts.project.dependencies.flatMap(({ name }) => scopeOf(name) ?? []));
  const given = facts.scopes ?? [...automaticScopes(facts)];
  return new Set([...given, ...facts.named].filter((scope) => used.has(scope)));
}

function* automaticScopes({ environment, project, client }: PrivacyFacts): Generator<string> {
  for (const { name, locked } of project.dependencies) {
    const scope = scopeOf(name);
    if (!scope) continue;
    if (mappedTo(client, name) === 'private') yield scope;
    if (locked?.tarball && isOnRegistry(environment, locked.tarball)) yield scope;
  }
  for (const { name } of project.dependencies) {
    const scope = scopeOf(name);
    const cased = scope && scopeInOtherCase(client, scope);
    if (cased && !isPublicRegistry(cased.written)) yield scope;
  }
  yield* scopesOfTheirOwn({ environment, project, client });
}

/** What a line says of the scope of a package; `null` where none maps it. */
function mappedTo(client: ClientModel, name: string): 'private' | 'public' | null {
  const choice = client.registryFor(name);
  if (registryReach(choice) !== 'scope') return null;
  return choice.url === null || isPublicRegistry(choice.url) ? 'public' : 'private';
}

/** The scopes that are private whether or not the checkout asks for one of their packages. */
function* scopesOfTheirOwn({
  environment,
  project,
  client,
}: Pick<PrivacyFacts, 'environment' | 'project' | 'client'>): Generator<string> {
  yield* mappingsWithoutEffect(client).keys();
  const root = environment.consumer && `@${environment.consumer.rootNamespace.toLowerCase()}`;
  if (root && mappedTo(client, `${root}/any`) !== 'public') yield root;
  for (const { name, registry } of project.publish) {
    const scope = scopeOf(name);
    if (scope && registry !== null && !isPublicRegistry(registry)) yield scope;
  }
}

/**
 * The registry that somebody mapped each scope to in a file or line that this client passes over or can't take for what it was to be, as written: it asks the public registry for them. Only
 * a GitLab or GitHub counts, and a host for which there is a credential key: a mirror of public packages has none.
 */
export function mappingsWithoutEffect(client: ClientModel): ReadonlyMap<string, string> {
  const found = client.problems.flatMap((problem): readonly (readonly [string, string])[] => {
    if (problem.kind === 'ignored-file' || problem.kind === 'malformed-line')
      return [...(problem.registries ?? [])];
    if (problem.kind !== 'refused-expansion') return [];
    const scope = scopeOfKey(problem.setting.key);
    return scope === null ? [] : [[scope, problem.setting.written]];
  });
  const named = client.settings.flatMap(({ key, written }) =>
    /^@[^@:/\s]+$/.test(key) && /^https?:/i.test(written) ? [[key, written] as const] : [],
  );
  const meant = [...named, ...found];
  const keyed = meant.length === 0 ? new Set<string>() : keyedHosts(client);
  return new Map(
    meant.filter(
      ([, url]) => isForgeRegistry(url) || (!isPublicRegistry(url) && keyed.has(hostAsWritten(url) ?? '')),
    ),
  );
}

/**
 * Whether an install asks a private registry for a dependency: its scope is private, its registry is GitLab's, or the lockfile
 * takes it from there. A default registry elsewhere makes nothing private (keyed-default.ts asks it by sample). One that is given by URL is asked where that leads:
 * to a tarball of such a registry, or of the one that a line maps its scope to, without a user of its own.
 */
export function isPrivate(facts: PrivacyFacts, scopes: ReadonlySet<string>, dependency: Dependency): boolean {
  if (dependency.from === 'url' && !isTarballOfRegistry(facts, dependency)) return false;
  if (dependency.from !== 'registry' && dependency.from !== 'url') return false;
  const scope = scopeOf(dependency.name);
  if (scope !== null && scopes.has(scope)) return true;
  // a scope that is named, and that only other packages need
  if (scope !== null && (facts.scopes?.includes(scope) || facts.named.includes(scope))) return true;
  if (facts.scopes !== null && scope !== null) return false;
  const { tarball, registry = facts.client.registryFor(dependency.name) } = facts.client.asks(dependency);
  if (tarball !== null) return isOnRegistry(facts.environment, tarball);
  const { url } = registry;
  if (url !== null && isOnRegistry(facts.environment, url)) return true;
  // what only other packages need is private by the same signs
  if (scope === null) return false;
  if (mappedTo(facts.client, dependency.name) === 'private') return true;
  return [...scopesOfTheirOwn(facts)].includes(scope);
}

function isTarballOfRegistry({ client, environment }: PrivacyFacts, dependency: Dependency): boolean {
  const { tarball } = client.asks(dependency);
  if (tarball === null || !URL.canParse(tarball) || new URL(tarball).username !== '') return false;
  if (prefixOf(tarball) !== null || githubRegistryOf(tarball, environment) !== null) return true;
  const { url } = client.registryFor(dependency.name);
  return url !== null && mappedTo(client, dependency.name) === 'private' && isBelow(url, tarball);
}

function isBelow(registry: string, url: string): boolean {
  return url.startsWith(`${registry.replace(/\/+$/, '')}/`);
}

function isOnRegistry(environment: Environment, url: string): boolean {
  const { apiUrl } = environment;
  return (
    prefixOf(url) !== null ||
    (apiUrl !== null && url.startsWith(`${apiUrl}/`) && sameOrigin(apiUrl, url)) ||
    githubRegistryOf(url, environment) !== null
  );
}

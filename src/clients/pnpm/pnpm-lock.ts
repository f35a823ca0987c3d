import type { ClientStop, RegistryChoice } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { type Dependency, scopeOf } from '../../domain/dependency.ts';
import { publicHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { Source } from '../../domain/source.ts';
import { withoutCredentials } from '../npmrc/printable-line.ts';
import { pnpmVariable } from './pnpm-environment.ts';
import type { PnpmRegistries } from './pnpm-registries.ts';
import type { ReleaseAge } from './pnpm-release-age.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';

export interface PnpmLock {
  asks(dependency: Dependency): { metadata: boolean; tarball: string | null; registry?: RegistryChoice };
  lockMismatch(locked: string, named: string | null): ClientStop | null;
}

/**
 * What pnpm does with a lockfile entry: up to 11.1 it goes straight to the tarball; later it also asks metadata for the version's age,
 * and from 11.5.2 on for the tarball's URL where the lockfile has one (measured: l01-l17; createNpmResolutionVerifier). `trustLockfile` turns
 * that off. Whether the install is frozen makes no difference.
 */
export function pnpmLock(
  world: ClientWorld,
  settings: PnpmSettings,
  registries: PnpmRegistries,
  age: ReleaseAge,
  rules: PnpmRules,
): PnpmLock {
  const verifies = rules.lockedMetadata !== 'never' && !trusts(world, settings, rules);
  const comparesUrl = verifies && rules.lockedMetadata === 'for-age-and-url';

  return {
    asks(dependency) {
      const { from, locked, name, requested } = dependency;
      if (from === 'url') return { metadata: false, tarball: locked?.tarball ?? requested };
      if (from !== 'registry' || locked === null || locked.version === '') {
        const registry = from === 'registry' ? registryOfAlias(dependency, registries, rules) : null;
        return { metadata: true, tarball: null, ...(registry ? { registry } : {}) };
      }
      const own = locked.tarball;
      const { url } = registries.choose(name);
      const base = url ?? `https://${publicHost}/`;
      const tarball =
        own === null ? computed(base, name, locked.version) : (URL.parse(own, base)?.href ?? own);
      const policy = policyOf(world, settings, rules, 'trustPolicy', 'trust_policy') === 'no-downgrade';
      const metadata = verifies && ((comparesUrl && own !== null) || policy || age.checks(dependency));
      const held = metadata && own !== null ? registryOfTarball(own, name, registries, rules) : null;
      return { metadata, tarball, ...(held ? { registry: held } : {}) };
    },
    lockMismatch(locked, named) {
      if (!comparesUrl || (named !== null && comparable(locked) === comparable(named))) return null;
      const source: Source = {
        kind: 'default',
        why: 'this version of pnpm compares the lockfile with the registry',
      };
      const [here, there] = [locked, named ?? ''].map(withoutCredentials);
      const message =
        named === null
          ? `the registry does not list the version whose tarball the lockfile has at ${here}`
          : `the lockfile has the tarball at ${here}, the registry names ${there}`;
      return { code: rules.mismatchCode, message, source };
    },
  };
}

/**
 * Where metadata is asked when that is not the registry of the package's own scope: up to pnpm 10 an alias of a package without a scope is asked for at the registry of
 * the scope that it is installed under, later a range behind `npm:` without a name at the default registry (run for real: 9.15.9 and 10.34.9; 11.28.11 and 12.21.0).
 */
function registryOfAlias(
  { name, alias, requested }: Dependency,
  registries: PnpmRegistries,
  rules: PnpmRules,
): RegistryChoice | null {
  if (rules.aliasLendsScope) {
    return alias !== null && scopeOf(name) === null && scopeOf(alias) !== null
      ? registries.choose(alias)
      : null;
  }
  return alias === null && scopeOf(name) !== null && /^npm:[^@]*$/i.test(requested)
    ? registries.choose('unscoped')
    : null;
}

/** Where the package's own scope has no registry, that of another scope below which the tarball lies, the longest first (run for real; change log). */
function registryOfTarball(
  tarball: string,
  name: string,
  { ofScopes }: PnpmRegistries,
  rules: PnpmRules,
): RegistryChoice | null {
  if (rules.lockedRegistry === 'of-scope' || ofScopes.has(scopeOf(name) ?? '')) return null;
  const url = comparable(tarball);
  const covering = [...ofScopes.values()].filter(
    (choice) => choice.url !== null && url.startsWith(comparable(choice.url)),
  );
  const length = (choice: RegistryChoice) => comparable(choice.url ?? '').length;
  return covering.sort((a, b) => length(b) - length(a))[0] ?? null;
}

/** The tarball URL that pnpm makes up for an entry without one (get-npm-tarball-url). */
function computed(registry: string, name: string, version: string): string {
  const plain = version.split('+')[0] ?? version;
  return `${withSlash(registry)}${name}/-/${name.slice(name.indexOf('/') + 1)}-${plain}.tgz`;
}

/** URLs are compared without scheme, in standard form, `%2f` being a slash: host, port and path must be the same. */
function comparable(url: string): string {
  const standard = (URL.parse(url)?.href ?? url).replace(/%2f/gi, '/');
  return standard.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
}

function trusts(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): boolean {
  const value = policyOf(world, settings, rules, 'trustLockfile', 'trust_lockfile');
  return value === true || value === 'true';
}

function policyOf(
  world: ClientWorld,
  { layers }: PnpmSettings,
  rules: PnpmRules,
  camel: string,
  snake: string,
): unknown {
  const variable = pnpmVariable(world, rules, snake)?.value;
  return variable ?? layers.workspace?.get(camel) ?? layers.global?.get(camel);
}

import { validRange } from 'semver';
import type { ClientId, ClientModel, ConfigWriting } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { type Dependency, isAskedAsOptional, isOptional } from '../../domain/dependency.ts';
import type { VersionChoice } from '../../domain/version-choice.ts';
import { configEdits } from '../config-edits.ts';
import { npmrcWriting } from '../npmrc/npmrc-writing.ts';
import { pnpmCredentials } from './pnpm-credentials.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { pnpmNetwork } from './pnpm-network.ts';
import { isOn, policySetting } from './pnpm-policies.ts';
import { pnpmProblems } from './pnpm-problems.ts';
import { pnpmRegistries } from './pnpm-registries.ts';
import { releaseAge } from './pnpm-release-age.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { loadPnpmSettings, type PnpmSettings } from './pnpm-settings.ts';
import { pnpmStop } from './pnpm-stop.ts';
import { bothGates, trustPolicy } from './pnpm-trust-policy.ts';
import { pnpmMetadataUrl } from './pnpm-urls.ts';
import { pnpmRules } from './pnpm-version-rules.ts';

/**
 * What pnpm 8 to 12 makes of the files and variables of one project (rules and their sources: pnpm-rules.ts; command-line options and the
 * pnpmfile are left out, a `tokenHelper` is not run). Never throws.
 */
export function resolvePnpm(world: ClientWorld, client: ClientId): ClientModel {
  const rules = pnpmRules(client.version);
  const settings = loadPnpmSettings(world, rules);
  const registries = pnpmRegistries(world, settings, rules);
  const age = releaseAge(world, settings, rules);
  const trust = trustPolicy(world, settings, rules);
  const lock = pnpmLock(world, settings, registries, age, rules);
  return {
    client,
    files: settings.files,
    settings: [...settings.entries.map((entry) => entry.setting), ...registries.settings],
    problems: pnpmProblems(settings, registries, rules, world),
    network: pnpmNetwork(world, settings, rules),
    stop: pnpmStop(settings, registries, rules, world) ?? age.stop,
    registryFor: registries.choose,
    credentialFor: pnpmCredentials(settings, registries, rules),
    metadataUrl: pnpmMetadataUrl,
    asks: lock.asks,
    refusal: () => null,
    refusesUrl: registries.refusesUrl,
    lockMismatch: lock.lockMismatch,
    ageGate: (dependency) => bothGates(age.gate(dependency), trust(dependency)),
    goesOnWithout: (dependency, lacks) => goesOnWithout(dependency, lacks, rules),
    versionChoice: (dependency) => versionChoice(rules, dependency),
    installsPeers: installsPeers(world, settings, rules),
    linksWorkspaces: linksWorkspaces(world, settings, rules),
    // getNonDevWantedDependencies leaves out what a dependency bundles
    takesBundled: true,
    writing: pnpmWriting(rules),
    edits: configEdits(world),
  };
}

/**
 * Up to 10 a range of the project itself is one of those that pnpm prefers, and among those it does not look for deprecated versions; a range that is written as
 * semver writes it again is passed over there (run for real: 9.15, 10.34; pickVersionByVersionRange).
 */
function versionChoice({ reader }: PnpmRules, { kind, requested }: Dependency): VersionChoice {
  if (reader === 'npm-conf') {
    const isPreferred = kind !== 'transitive' && validRange(requested) !== requested;
    return {
      latest: 'first',
      deprecated: isPreferred ? 'as-others' : 'avoided',
      anyVersion: 'takes-latest',
    };
  }
  return {
    latest: 'first-unless-deprecated',
    deprecated: reader === 'lines' ? 'avoided-even-blank' : 'avoided',
    anyVersion: 'takes-latest-for-want-of-others',
  };
}

/** `autoInstallPeers`, in rc files `auto-install-peers` (run for real: 9 and 10 by .npmrc, 10 to 12 by pnpm-workspace.yaml). */
function installsPeers(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): boolean {
  const found = policySetting(world, settings, rules, 'autoInstallPeers', 'auto-install-peers');
  return found === null ? rules.installsPeers : isOn(found.value);
}

/** `linkWorkspacePackages`, in rc files `link-workspace-packages`, which may be `deep` (run for real: 8.15 to 11). */
function linksWorkspaces(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): boolean {
  const found = policySetting(world, settings, rules, 'linkWorkspacePackages', 'link-workspace-packages');
  return found === null ? rules.linksWorkspaces : isOn(found.value) || found.value === 'deep';
}

/**
 * Run for real: what is optional by the lockfile may fail, but where pnpm asks metadata for it, that must be had. What is not locked may fail
 * where it is asked for as optional itself, in 12 also what only that needs.
 */
function goesOnWithout(dependency: Dependency, lacks: 'metadata' | 'tarball', rules: PnpmRules): boolean {
  if (dependency.locked)
    return (lacks === 'tarball' || rules.lockedMetadata === 'never') && isOptional(dependency);
  return rules.reader === 'lines' ? isOptional(dependency) : isAskedAsOptional(dependency);
}

function pnpmWriting(rules: PnpmRules): ConfigWriting {
  return {
    ...npmrcWriting,
    credentialsInProject: rules.projectReferences === 'replaced',
    tarball(scope, registry, tarball, variable) {
      const line = npmrcWriting.tarball(scope, registry, tarball, variable);
      const host = /^https?:(\/\/[^/?#@]+:\d+)\//i.exec(tarball)?.[1];
      return rules.portOptional || host === undefined
        ? line
        : (line?.replace(/^\/\/[^/]+/, () => host) ?? null);
    },
  };
}

import type { ClientId, ClientModel } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { percentEncoded } from '../../domain/percent-form.ts';
import { configProblems } from '../npmrc/config-problems.ts';
import type { LineRules } from '../npmrc/line-fault.ts';
import { npmrcWriting } from '../npmrc/npmrc-writing.ts';
import { credentialLookup } from './credential-lookup.ts';
import { loadSettings } from './load-settings.ts';
import { npmNetwork } from './npm-network.ts';
import { type NpmRules, npmRules } from './npm-rules.ts';
import { npmStop } from './npm-stop.ts';
import { registrySettings } from './registry-settings.ts';
import { tarballRequests } from './tarball-requests.ts';

/**
 * What npm 6 to 12 makes of the files and variables of one project (rules and their sources: npm-rules.ts; command-line options and
 * npm's built-in file are left out). Never throws. A scope's registry that is no URL comes back as written, with a final slash.
 */
export function resolveNpm(world: ClientWorld, client: ClientId): ClientModel {
  const rules = npmRules(client.version);
  const settings = loadSettings(world, rules);
  const registries = registrySettings(settings, rules);
  const tarballs = tarballRequests(settings, registries, rules);
  return {
    client,
    files: settings.files,
    settings: settings.entries.map((entry) => entry.setting),
    problems: configProblems(settings, lineRules(rules), world),
    network: npmNetwork(settings, rules, world),
    stop: npmStop(settings, rules),
    registryFor: registries.choose,
    credentialFor: credentialLookup(settings, registries, rules),
    metadataUrl: npmMetadataUrl,
    asks: tarballs.asks,
    tarballUrl: tarballs.tarballUrl,
    tarballLender: tarballs.tarballLender,
    refusal: tarballs.refusal,
    refusesGit: tarballs.refusesGit,
    installsPeers: rules.installsPeers && !isOn(settings.effective.get('legacy-peer-deps')?.value),
    // Arborist's #problemEdges passes over what a dependency bundles
    takesBundled: true,
    writing: npmrcWriting,
  };
}

/** A switch as npm reads it (nopt): numbers but 0, and texts but `false`, `null` and the empty one. */
function isOn(value: string | undefined): boolean {
  if (value === undefined || value === 'false' || value === 'null') return false;
  return Number(value) !== 0;
}

function lineRules(rules: NpmRules): LineRules {
  return {
    client: 'npm',
    exactKeys: rules.keyLookup === 'registry-key',
    operators: rules.optionalReference ? ['?'] : [],
    bareReferences: false,
    takesLists: 'credentials',
  };
}

/** The URL of a package's metadata at a registry: the scope's slash as `%2f` (measured: clients.md section 1). */
export function npmMetadataUrl(registry: string, packageName: string): string {
  const escaped = packageName.split('/').map(percentEncoded).join('%2f').replace(/^%40/, '@');
  let end = registry.length;
  while (registry[end - 1] === '/') end -= 1;
  return `${registry.slice(0, end)}/${escaped}`;
}

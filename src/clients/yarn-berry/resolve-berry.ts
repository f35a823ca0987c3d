import type { ClientId, ClientModel } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { configEdits } from '../config-edits.ts';
import { rootedTarball } from '../rooted-tarball.ts';
import { berryAgeGate } from './berry-age-gate.ts';
import { berryCredentials } from './berry-credentials.ts';
import { rcFileName } from './berry-environment.ts';
import { berryNetwork, berryRefusal } from './berry-network.ts';
import { berryProblems } from './berry-problems.ts';
import { berryRegistries } from './berry-registries.ts';
import { berryAsks, berryMetadataUrl } from './berry-requests.ts';
import { berryWriting } from './berry-writing.ts';
import { loadBerrySettings } from './load-berry-settings.ts';

/**
 * What Yarn 2 to 4 makes of the files and variables of one project (rules and their sources: berry-rules.ts). Plugins are not run, so what they
 * add (credential hooks among it) is left out. Never throws. A registry that is no URL comes back as written, with a final slash.
 */
export function resolveBerry(world: ClientWorld, client: ClientId): ClientModel {
  const settings = loadBerrySettings(world, client.version);
  const registries = berryRegistries(settings);
  const file = rcFileName(world).name;
  const hardened = /^(?:true|1)$/.test(settings.single('enableHardenedMode')?.value ?? '');
  return {
    client,
    files: settings.files,
    settings: settings.entries.map(({ setting }) => setting),
    problems: berryProblems(settings, world),
    network: berryNetwork(world, settings),
    stop: settings.stop,
    registryFor: registries.choose,
    credentialFor: berryCredentials(settings, registries),
    metadataUrl: berryMetadataUrl(settings.rules),
    asks: berryAsks(registries, hardened),
    tarballUrl: rootedTarball,
    refusal: () => null,
    refusesUrl: berryRefusal(settings),
    ageGate: berryAgeGate(settings, file),
    versionChoice: () => ({ latest: 'as-others', deprecated: 'avoided', anyVersion: 'takes-releases-only' }),
    installsPeers: false,
    // run for real: an optional package that can't be had ends Yarn like any other
    goesOnWithout: () => false,
    writing: berryWriting(file),
    edits: configEdits(world),
  };
}

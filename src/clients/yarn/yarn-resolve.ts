import type { ClientId, ClientModel } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { configEdits } from '../config-edits.ts';
import { yarnCredentials } from './yarn-credentials.ts';
import { yarnNetwork } from './yarn-network.ts';
import { yarnProblems } from './yarn-problems.ts';
import { yarnRegistries } from './yarn-registries.ts';
import { yarnMetadataUrl, yarnRequests } from './yarn-requests.ts';
import { yarnRules } from './yarn-rules.ts';
import { yarnSettings } from './yarn-settings.ts';
import { yarnStop } from './yarn-stop.ts';
import { yarnWriting } from './yarn-writing.ts';

/**
 * What Yarn 1 makes of the files and variables of one project (rules and their sources: the files beside this one; options of the command
 * line are left out, and whether it hands over to another Yarn: yarn-delegation.ts). Never throws.
 */
export function resolveYarn(world: ClientWorld, client: ClientId): ClientModel {
  const rules = yarnRules(client.version);
  const settings = yarnSettings(world, rules);
  const registries = yarnRegistries(settings);
  const requests = yarnRequests(world, settings, registries);
  return {
    client,
    files: settings.files,
    settings: settings.entries.map((entry) => entry.setting),
    problems: yarnProblems(settings, world),
    network: yarnNetwork(world, settings),
    stop: yarnStop(world, settings, rules),
    registryFor: registries.choose,
    credentialFor: yarnCredentials(settings, registries, rules),
    metadataUrl: yarnMetadataUrl,
    asks: requests.asks,
    tarballLender: requests.tarballLender,
    refusal: () => null,
    versionChoice: () => ({ latest: 'first', deprecated: 'as-others', anyVersion: 'takes-releases-only' }),
    installsPeers: false,
    // run for real: an optional package that can't be had ends Yarn 1 like any other
    goesOnWithout: () => false,
    writing: yarnWriting,
    edits: configEdits(world),
  };
}

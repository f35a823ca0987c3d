import type { ClientId, ClientModel, ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { isAskedAsOptional } from '../../domain/dependency.ts';
import { configEdits } from '../config-edits.ts';
import { configProblems } from '../npmrc/config-problems.ts';
import type { LineRules } from '../npmrc/line-fault.ts';
import { shownPath } from '../world-paths.ts';
import { bunCredentials } from './bun-credentials.ts';
import { bunCafile, bunNetwork } from './bun-network.ts';
import { keysOfOtherFile, namesOfNoScope } from './bun-passed-over.ts';
import { bunRegistries } from './bun-registries.ts';
import { bunAgeGate, bunAsks, bunMetadataUrl, bunRefusesUrl } from './bun-requests.ts';
import { type BunRules, bunRules } from './bun-rules.ts';
import { type BunSettings, bunSettings } from './bun-settings.ts';
import { bunUrlProblems } from './bun-url-problems.ts';
import { bunWriting } from './bun-writing.ts';
import { bunfigReferences } from './bunfig-references.ts';

/** What Bun 1.x makes of the files and variables of one project (rules and their sources: bun-rules.ts; command-line options are left out). Never throws. */
export function resolveBun(world: ClientWorld, client: ClientId): ClientModel {
  const rules = bunRules(client.version);
  const settings = bunSettings(world, rules);
  const registries = bunRegistries(settings, rules);
  return {
    client,
    files: settings.files,
    settings: settings.entries.map((entry) => entry.setting),
    problems: [
      ...bunfigReferences(settings),
      ...namesOfNoScope(settings),
      ...keysOfOtherFile(settings, rules),
      ...bunUrlProblems(settings, rules),
      ...configProblems(settings, lineRules(rules), world),
    ],
    network: bunNetwork(world, settings),
    stop: bunStop(world, settings),
    registryFor: registries.choose,
    credentialFor: bunCredentials(settings, registries, rules),
    metadataUrl: bunMetadataUrl,
    asks: (dependency) => bunAsks(dependency, registries),
    refusal: () => null,
    refusesUrl: bunRefusesUrl,
    ageGate: (dependency) => bunAgeGate(dependency, settings),
    versionChoice: () => ({
      latest: 'first-unless-deprecated',
      deprecated: 'avoided',
      anyVersion: 'takes-latest',
    }),
    installsPeers: true,
    // run for real: what only an optional package needs must be there all the same
    goesOnWithout: isAskedAsOptional,
    writing: bunWriting(rules),
    edits: configEdits(world),
  };
}

function lineRules(rules: BunRules): LineRules {
  return {
    client: 'Bun',
    exactKeys: false,
    operators: rules.optionalReference ? ['?'] : [],
    bareReferences: true,
    dropsLastPart: rules.dropsLastPart,
  };
}

/** A bunfig.toml that Bun can't read, a file of certificates that is not there or holds none (run for real: Bun 1.4.5). */
function bunStop(world: ClientWorld, settings: BunSettings): ClientStop | null {
  for (const { shown, reading } of settings.faults) {
    if (reading.kind !== 'fault') continue;
    const { code, message, line, column } = reading.fault;
    const source = { kind: 'file', path: shown, line, column } as const;
    return { code, message: `failed to load bunfig: ${message}`, source };
  }
  const cafile = bunCafile(world, settings);
  if (cafile === null) return null;
  const reading = world.files.read(cafile);
  const invalid = reading.kind === 'text' && !reading.text.includes('-----BEGIN ');
  if (reading.kind !== 'absent' && !invalid) return null;
  const from = settings.bunfigs.find(({ bunfig }) => bunfig.cafile !== null);
  const place = from?.bunfig.places.placeOf(['install', 'cafile']);
  return {
    code: 'HTTPThread',
    message: `${invalid ? 'invalid' : 'could not find'} CA file: ${shownPath(world, cafile)}`,
    source:
      from && place
        ? { kind: 'file', path: from.file.shown, ...place, key: 'install.cafile' }
        : (settings.npmrc.get('cafile')?.source ?? { kind: 'default', why: 'no such file' }),
  };
}

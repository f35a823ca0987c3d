import type { RunFacts } from '../domain/cause.ts';
import { type ClientModel, type RegistryChoice, registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import type { PublishTarget } from '../domain/project.ts';
import { isPublicRegistry, publicHost } from '../domain/public-registry.ts';
import type { Source } from '../domain/source.ts';
import { mappingsWithoutEffect } from './private-packages.ts';

/**
 * Where this client's own `publish` sends a package (measured: PUT of npm 11.19, pnpm 8.15, 10.34 and 12, Yarn 1.22, 3.8.7 and 4.18.1, Bun 1.4
 * to a loopback server). `publishConfig.registry` loses to the scope's line of the configuration with npm and pnpm up to 10, which hands over
 * to npm, and counts for nothing with Bun. Yarn 2+ takes the first of `publishConfig.registry`, the scope's `npmPublishRegistry`, the general
 * `npmPublishRegistry` and the general `npmRegistryServer`: neither the registry that the scope is fetched from nor `publishConfig`'s key of
 * the scope counts, though the scope's token is sent along.
 */
export function publishRegistry(client: ClientModel, target: PublishTarget): RegistryChoice {
  const { name } = target;
  const own = isScopeKey(target) ? chosen(target.registry, target.source) : null;
  const general = isScopeKey(target)
    ? chosen(target.general ?? null, target.source)
    : chosen(target.registry, target.source);
  switch (client.client.name) {
    case 'yarn':
      return general ?? client.registryFor(name);
    case 'yarn-berry':
      return general ?? berryRegistry(client, name);
    case 'pnpm':
      if (Number.parseInt(client.client.version, 10) >= 11) return own ?? general ?? client.registryFor(name);
      break;
    case 'bun':
      return own ?? client.registryFor(name);
    case 'npm':
  }
  const mapped = client.registryFor(name);
  return own ?? (registryReach(mapped) === 'scope' ? mapped : (general ?? mapped));
}

function isScopeKey({ name, source }: PublishTarget): boolean {
  return source.kind === 'file' && source.key === `publishConfig.${scopeOf(name)}:registry`;
}

function chosen(registry: string | null, source: Source): RegistryChoice | null {
  if (registry === null) return null;
  return { url: registry.endsWith('/') ? registry : `${registry}/`, source, key: 'publishConfig' };
}

function berryRegistry(client: ClientModel, name: string): RegistryChoice {
  const scope = scopeOf(name)?.slice(1);
  for (const key of [`npmScopes.${scope}.npmPublishRegistry`, 'npmPublishRegistry']) {
    const setting = client.settings.find((one) => one.key === key);
    if (typeof setting?.value === 'string' && setting.value !== '') {
      const url = setting.value.endsWith('/') ? setting.value : `${setting.value}/`;
      return { url, source: setting.source, key };
    }
  }
  return client.registryFor('no-scope');
}

/** The registry of publishConfig that the client's own command does not go by, as the end of a sentence; empty for none. */
export function passedOver(
  { client: { name, version } }: ClientModel,
  { registry, source }: PublishTarget,
): string {
  if (registry === null || isPublicRegistry(registry) || source.kind !== 'file') return '';
  return `: ${name} ${version} does not read ${source.key}, npm publish does`;
}

/** The variables by which tools that publish, and npm itself, get at the public registry without a line of the configuration. */
const publicTokens = [
  'NPM_TOKEN',
  'NODE_AUTH_TOKEN',
  'NPM_ID_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'YARN_NPM_AUTH_TOKEN',
];

/**
 * Whether a package goes to the public registry for want of a line that counts: its scope is that of the root group, or one that a line without effect
 * maps, and the public registry would get no credential.
 */
export function isMeantElsewhere(
  { client, environment: { consumer }, variables }: RunFacts,
  { name, registry, general }: PublishTarget,
): boolean {
  const scope = scopeOf(name);
  const url = `https://${publicHost}/`;
  if (scope === null || registry !== null || general !== undefined) return false;
  if (registryReach(client.registryFor(name)) !== 'default') return false;
  const isMeant =
    mappingsWithoutEffect(client).has(scope) || scope === `@${consumer?.rootNamespace.toLowerCase()}`;
  return (
    isMeant &&
    client.client.name !== 'pnpm' &&
    client.credentialFor(client.metadataUrl(url, name), url).kind === 'none' &&
    !publicTokens.some((variable) => variables.includes(variable))
  );
}

import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { publicHost } from '../../domain/public-registry.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { ReadNpmrc } from '../npmrc/config-problems.ts';
import { variablesOf } from '../npmrc/references.ts';
import { type AuthSetting, authVariable, noAuthSetting, readAuthSetting } from './pnpm-auth-setting.ts';
import type { PnpmLayer, RefusedEntry } from './pnpm-entries.ts';
import { type PnpmEnvironment, pnpmEnvironment } from './pnpm-environment.ts';
import { type PnpmFiles, pnpmFiles } from './pnpm-files.ts';
import { namedPath, variableOf } from './pnpm-places.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { keptRegistry, keyPlace, lookedUpAs } from './pnpm-urls.ts';

/** Everything that pnpm at these rules takes from files and variables. */
export interface PnpmSettings {
  /** All of them, strongest layer first, those without effect too. */
  entries: readonly ConfigEntry[];
  /** The entry of each key that counts, keys in the order in which pnpm goes through them. */
  effective: ReadonlyMap<string, ConfigEntry>;
  environment: PnpmEnvironment;
  layers: PnpmFiles;
  files: readonly ClientFile[];
  read: readonly ReadNpmrc[];
  refused: readonly RefusedEntry[];
  dropped: readonly NonNullable<PnpmLayer['dropped']>[];
  /** `_auth` of the environment and of the global `config.yaml`. */
  auth: { env: AuthSetting; yaml: AuthSetting };
}

const bareFields = ['_authToken', '_auth', 'username', '_password', 'tokenHelper', 'cert', 'key'];
const readable =
  /^(?:@|\/\/|(?:ca|cafile|cert|key|registry|_auth|_authToken|_password|email|username|tokenHelper|https-proxy|proxy|no-proxy|noproxy|http-proxy|local-address|strict-ssl)$)/s;

/** Reads the files and variables of a world; precedence as measured (p01-p10, n01-n18) and as in @pnpm/config of each version. */
export function loadPnpmSettings(world: ClientWorld, rules: PnpmRules): PnpmSettings {
  const variables = variablesOf(world.env, world.platform);
  const environment = pnpmEnvironment(world, rules, variables);
  const layers = pnpmFiles(world, rules, variables, globalFile(world, rules, environment));
  const { global } = layers;
  const auth = {
    env: authVariable(
      variableOf(world, 'pnpm_config__auth') ?? variableOf(world, 'PNPM_CONFIG__AUTH'),
      rules,
      variables,
    ),
    yaml: global
      ? readAuthSetting(
          global.get('_auth'),
          'global',
          (...keys) => global.source('_auth', ...keys),
          rules,
          variables,
        )
      : noAuthSetting,
  };
  const counting = [
    auth.env.entries,
    auth.yaml.entries,
    environment.entries,
    ...layers.layers.map((layer) => layer.counting),
  ].map((entries) =>
    rescoped(
      entries.filter(({ key }) => isReadable(key, rules)),
      rules,
    ),
  );
  const effective = new Map<string, ConfigEntry>();
  for (const layer of counting.toReversed()) for (const entry of layer) effective.set(entry.key, entry);
  const winners = new Set([...effective.values()].map(({ setting }) => setting.source));
  const entries = [
    ...auth.env.entries,
    ...auth.yaml.entries,
    ...environment.entries,
    ...layers.layers.flatMap((layer) => layer.all),
  ];
  for (const entry of entries) {
    if (!winners.has(entry.setting.source)) entry.setting = { ...entry.setting, inEffect: false };
  }
  const { files, read } = layers;
  const all = layers.layers;
  return {
    entries,
    effective,
    environment,
    layers,
    files,
    read,
    refused: [...auth.env.refused, ...auth.yaml.refused, ...all.flatMap((layer) => layer.refused)],
    dropped: all.flatMap(({ dropped }) => (dropped ? [dropped] : [])),
    auth,
  };
}

/** From 10.34 on a bare credential belongs to the registry that its own file names, else to the public one (@pnpm/config rescopeUnscopedCreds). */
function rescoped(entries: readonly ConfigEntry[], rules: PnpmRules): readonly ConfigEntry[] {
  if (rules.bareCredentials !== 'registry-of-same-file') return entries;
  const bare = entries.filter(({ key }) => bareFields.includes(key));
  if (bare.length === 0) return entries;
  const own = entries.find(({ key, value }) => key === 'registry' && value !== '')?.value;
  const key = keyOf(own ?? `https://${publicHost}/`, rules);
  const rest = entries.filter(({ key: name }) => !bareFields.includes(name));
  if (key === null) return rest;
  const taken = new Set(rest.map(({ key: name }) => name));
  const moved = bareFields.flatMap((field) => {
    const entry = bare.find(({ key: name }) => name === field);
    return entry && !taken.has(`${key}:${field}`) ? [{ ...entry, key: `${key}:${field}` }] : [];
  });
  return [...rest, ...moved];
}

/** The key of a registry, as `//host/path/`. */
export function keyOf(registry: string, rules: PnpmRules): string | null {
  const place = keyPlace(lookedUpAs(registry, keptRegistry(registry, rules), rules), rules);
  return place === null ? null : `//${place.hosts[0]}${place.folder}`;
}

function isReadable(key: string, rules: PnpmRules): boolean {
  return rules.reader === 'npm-conf' || readable.test(key);
}

function globalFile(world: ClientWorld, rules: PnpmRules, environment: PnpmEnvironment): string | null {
  const set =
    rules.reader === 'npm-conf'
      ? environment.entries.find(({ key }) => key === 'globalconfig')?.value
      : Object.entries(world.env).findLast(([name]) => /^npm_config_globalconfig$/i.test(name))?.[1];
  return set ? namedPath(world, set) : null;
}

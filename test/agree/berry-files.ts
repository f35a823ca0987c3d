import type { Addresses } from '../clients/real/gitlab-job.ts';
import { token } from '../clients/real/gitlab-job.ts';
import { type ConfigFiles, npmrcFiles, registryOf } from './npmrc-files.ts';
import type { RandomWorld } from './random-world.ts';

/** What may be wrong, or only odd, with a `.yarnrc.yml`. */
export const berryFaults = [
  'only-an-npmrc',
  'scope-with-at',
  'no-token',
  'token-unset',
  'token-unset-with-dash',
  'token-literal',
  'token-old',
  'token-at-top',
  'token-in-environment',
  'ident',
  'registries-map',
  'registries-map-without-slash',
  'registries-map-of-parent',
  'no-whitelist',
  'whitelist-with-port',
  'whitelist-glob',
  'no-preapproval',
  'age-gate-zero',
  'unknown-setting',
  'server-from-variable',
  'server-without-slash',
  'flow-style',
  'quoted',
  'default-server',
  'always-auth',
] as const;

export type BerryFault = (typeof berryFaults)[number];

/** The `.yarnrc.yml` files that a world finds. What every Yarn job needs to run here at all (node_modules, http) is in `base`. */
export function berryFiles(world: RandomWorld, at: Addresses): ConfigFiles {
  const has = (fault: BerryFault) => world.faults.includes(fault);
  const base = ['nodeLinker: node-modules', ...whitelist(world, at)];
  if (world.place === 'none') return { files: { '.yarnrc.yml': lines(base) }, env: {} };
  if (has('only-an-npmrc')) {
    const npmrc = npmrcFiles({ ...world, place: 'project', faults: [] }, at);
    return { files: { '.yarnrc.yml': lines(base), ...npmrc.files }, env: {} };
  }
  const env: Record<string, string> = has('token-in-environment') ? { YARN_NPM_AUTH_TOKEN: token } : {};
  const gates = ageSettings(world);
  const { scopes, top, credentials } = settings(world, at);
  const merged = scopeBlock(world, [...scopes, ...credentials.scope]);
  switch (world.place) {
    case 'project':
    case 'userconfig-project':
      return {
        files: { '.yarnrc.yml': lines([...base, ...gates, ...merged, ...top, ...credentials.map]) },
        env,
      };
    case 'home':
    case 'userconfig-other':
      return {
        files: {
          '.yarnrc.yml': lines(base),
          '~/.yarnrc.yml': lines([...gates, ...merged, ...top, ...credentials.map]),
        },
        env,
      };
    case 'split':
      return {
        files: {
          '.yarnrc.yml': lines([...base, ...gates, ...scopeBlock(world, scopes), ...top]),
          '~/.yarnrc.yml': lines([...scopeBlock(world, credentials.scope), ...credentials.map]),
        },
        env,
      };
    case 'sub-folder': {
      const all = lines([...gates, ...merged, ...top, ...credentials.map]);
      return world.shape === 'workspace'
        ? { files: { '.yarnrc.yml': lines(base), 'apps/web/.yarnrc.yml': all }, env }
        : { files: { '.yarnrc.yml': `${lines(base)}${all}` }, env };
    }
  }
}

interface Settings {
  scopes: string[];
  top: string[];
  credentials: { scope: string[]; map: string[] };
}

function settings(world: RandomWorld, at: Addresses): Settings {
  const has = (fault: BerryFault) => world.faults.includes(fault);
  let url = registryOf(world, at);
  const full = url;
  if (has('server-without-slash')) url = url.replace(/\/$/, '');
  if (has('server-from-variable')) url = url.replace(at.api, '${CI_API_V4_URL}');
  const quote = has('quoted') ? "'" : '"';
  const value = tokenText(world);
  const scopes = has('default-server') ? [] : [`npmRegistryServer: ${quote}${url}${quote}`];
  const top = [
    ...(has('default-server') ? [`npmRegistryServer: "${url}"`] : []),
    ...(has('always-auth') ? ['npmAlwaysAuth: true'] : []),
    ...(has('token-at-top') ? [`npmAuthToken: "${value}"`] : []),
    ...(has('unknown-setting') ? ['npmRegistryTokens: "none"'] : []),
  ];
  if (has('no-token') || has('token-at-top') || has('token-in-environment'))
    return { scopes, top, credentials: { scope: [], map: [] } };
  const token = has('ident')
    ? `npmAuthIdent: "gitlab-ci-token:${value}"`
    : `npmAuthToken: ${quote}${value}${quote}`;
  const mapped = has('registries-map')
    ? full
    : has('registries-map-without-slash')
      ? full.replace(/\/$/, '')
      : has('registries-map-of-parent')
        ? `${at.api}/`
        : null;
  if (mapped !== null)
    return {
      scopes,
      top,
      credentials: { scope: [], map: ['npmRegistries:', `  "${mapped}":`, `    ${token}`] },
    };
  return { scopes, top, credentials: { scope: [token], map: [] } };
}

function tokenText(world: RandomWorld): string {
  const has = (fault: BerryFault) => world.faults.includes(fault);
  if (has('token-literal')) return token;
  if (has('token-old')) return 'glpat-an-old-token-of-somebody';
  if (has('token-unset')) return '${UNSET_TOKEN}';
  return has('token-unset-with-dash') ? '${UNSET_TOKEN-}' : '${CI_JOB_TOKEN-}';
}

function scopeBlock(world: RandomWorld, inside: readonly string[]): string[] {
  if (inside.length === 0) return [];
  const has = (fault: BerryFault) => world.faults.includes(fault);
  const name = has('scope-with-at') ? `"${world.scope}"` : world.scope.slice(1);
  return has('flow-style')
    ? [`npmScopes: { ${name}: { ${inside.join(', ')} } }`]
    : ['npmScopes:', `  ${name}:`, ...inside.map((line) => `    ${line}`)];
}

function whitelist(world: RandomWorld, at: Addresses): string[] {
  const has = (fault: BerryFault) => world.faults.includes(fault);
  if (has('no-whitelist')) return [];
  const host = has('whitelist-with-port')
    ? `${at.host}:${at.port}`
    : has('whitelist-glob')
      ? '127.0.*'
      : at.host;
  return ['unsafeHttpWhitelist:', `  - "${host}"`];
}

/** What lets packages of GitLab past the age limit of Yarn 4; Yarn 3 stops on the setting. */
function ageSettings(world: RandomWorld): string[] {
  const has = (fault: BerryFault) => world.faults.includes(fault);
  if (world.client === 'yarn-3' || has('no-preapproval')) return [];
  return has('age-gate-zero') ? ['npmMinimalAgeGate: 0'] : [`npmPreapprovedPackages: ["${world.scope}/*"]`];
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

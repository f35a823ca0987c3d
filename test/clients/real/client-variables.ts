import { join } from 'node:path';
import type { RuntimeClientId } from '../../support/runtime-clients.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Variables that keep a client's caches below a folder, and that switch off what it does beside its work: retries, telemetry, looking
 * for newer versions of itself, and handing over to the version that a project names.
 */
export function quietVariables(id: RuntimeClientId, cache: string): Variables {
  const homes = {
    XDG_CACHE_HOME: join(cache, 'xdg-cache'),
    XDG_DATA_HOME: join(cache, 'xdg-data'),
    XDG_STATE_HOME: join(cache, 'xdg-state'),
  };
  switch (id) {
    case 'npm-10':
    case 'npm-11':
    case 'npm-12':
      return { npm_config_cache: cache, npm_config_fetch_retries: '0', npm_config_update_notifier: 'false' };
    case 'pnpm-9':
    case 'pnpm-10':
      return {
        ...homes,
        npm_config_fetch_retries: '0',
        npm_config_update_notifier: 'false',
        npm_config_manage_package_manager_versions: 'false',
      };
    case 'pnpm-11':
    case 'pnpm-12':
      return {
        ...homes,
        pnpm_config_fetch_retries: '0',
        pnpm_config_update_notifier: 'false',
        pnpm_config_pm_on_fail: 'ignore',
      };
    case 'yarn-1':
      return { YARN_CACHE_FOLDER: cache, YARN_DISABLE_SELF_UPDATE_CHECK: 'true' };
    case 'yarn-3':
    case 'yarn-4':
      return {
        YARN_GLOBAL_FOLDER: cache,
        YARN_ENABLE_GLOBAL_CACHE: '1',
        YARN_ENABLE_TELEMETRY: '0',
        YARN_HTTP_RETRY: '0',
      };
    case 'bun':
      return { BUN_INSTALL: cache, BUN_INSTALL_CACHE_DIR: join(cache, 'packages'), DO_NOT_TRACK: '1' };
  }
}

/**
 * Variables that put another registry (by http, at a loopback address) in the place of the public one; a file that names a default registry
 * does not count then. Yarn 2+ must be told that http is wanted. `allowHttp` says so; it puts aside what the project's files say of it,
 * so leave it out where GitLab is asked by http at the same address.
 */
export function publicVariables(id: RuntimeClientId, registry: string, allowHttp: boolean): Variables {
  switch (id) {
    case 'pnpm-11':
    case 'pnpm-12':
      return { pnpm_config_registry: registry };
    case 'yarn-3':
    case 'yarn-4':
      return {
        YARN_NPM_REGISTRY_SERVER: registry,
        ...(allowHttp && { YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname }),
      };
    case 'npm-10':
    case 'npm-11':
    case 'npm-12':
    case 'pnpm-9':
    case 'pnpm-10':
    case 'yarn-1':
    case 'bun':
      return { npm_config_registry: registry };
  }
}

import type { ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { pathsOf } from '../world-paths.ts';
import { isRegistryKey } from './pnpm-entries.ts';
import type { PnpmRegistries } from './pnpm-registries.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';
import { notExpanded } from './pnpm-yaml-registries.ts';

/**
 * Why pnpm ends before any request, whatever is asked of it: files it can't read or that lack something (measured: n03, n12, n14, n15, q17),
 * credentials in a wrong form (run for real), a registry that is no URL. `null` when it goes on.
 */
export function pnpmStop(
  settings: PnpmSettings,
  registries: PnpmRegistries,
  rules: PnpmRules,
  world: ClientWorld,
): ClientStop | null {
  return (
    brokenYaml(settings, rules) ??
    packagesMissing(settings, rules) ??
    unsetInEnvironment(settings, rules) ??
    settings.auth.env.stop ??
    settings.auth.yaml.stop ??
    refusedRegistry(settings, rules) ??
    helperStop(settings, rules) ??
    basicStop(settings, rules) ??
    keyedFileStop(settings, rules, world) ??
    registries.stop
  );
}

function brokenYaml({ layers }: PnpmSettings, rules: PnpmRules): ClientStop | null {
  const broken = [layers.workspace, layers.global].find((yaml) => yaml?.malformed);
  if (!broken) return null;
  const code =
    broken === layers.workspace && rules.reader !== 'lines'
      ? 'ERR_PNPM_INVALID_WORKSPACE_CONFIGURATION'
      : 'ERR_PNPM_INVALID_SETTING';
  return { code, message: 'the file is no YAML mapping', source: broken.source() };
}

/** pnpm 8, 9 and 10.0 to 10.4 (measured: n03, n15). */
function packagesMissing({ layers: { workspace } }: PnpmSettings, rules: PnpmRules): ClientStop | null {
  if (rules.workspaceFile !== 'packages-required' || workspace?.file.state !== 'read') return null;
  if (workspace.empty || workspace.get('packages')) return null;
  return {
    code: 'ERR_PNPM_INVALID_WORKSPACE_CONFIGURATION',
    message: 'packages field missing or empty',
    source: workspace.source('packages'),
  };
}

function unsetInEnvironment({ environment: { failed } }: PnpmSettings, rules: PnpmRules): ClientStop | null {
  if (rules.unsetReference !== 'drops-file' || failed === null) return null;
  const message = `Failed to replace env in config: ${failed.reference.shown}`;
  return { code: 'Error', message, source: failed.source };
}

function refusedRegistry({ refused }: PnpmSettings, rules: PnpmRules): ClientStop | null {
  if (rules.projectReferences !== 'registry-stops') return null;
  const found = refused.find(({ entry }) => isRegistryKey(entry.key));
  return found ? notExpanded(found.entry.setting.key, found.entry.source) : null;
}

/** `tokenHelper`: up to 10 an absolute path of the user's file; from 11 on refused in the project's (measured: n14; run for real). */
function helperStop({ layers, effective }: PnpmSettings, rules: PnpmRules): ClientStop | null {
  const isHelper = ({ key }: ConfigEntry) => /(?:^|:)tokenHelper$/.test(key);
  if (rules.projectTokenHelper === 'ignored') {
    const found = layers.user?.counting
      .filter(isHelper)
      .find(({ value }) => !/^(?:\/|[a-z]:[\\/])/i.test(value));
    if (!found) return null;
    const message = `${found.setting.key} must be an absolute path, without arguments`;
    return { code: 'ERR_PNPM_BAD_TOKEN_HELPER_PATH', message, source: found.source };
  }
  const untrusted = layers.untrusted.flatMap((layer) => layer.counting).filter(isHelper);
  const trusted = layers.layers
    .filter((layer) => !layers.untrusted.includes(layer))
    .flatMap((layer) => layer.counting);
  const found = untrusted.find(
    ({ key, value }) => !trusted.some((other) => other.key === key && other.value === value),
  );
  if (found) {
    return {
      code: 'ERR_PNPM_TOKEN_HELPER_IN_PROJECT_CONFIG',
      message: 'tokenHelper must not be configured in project-level .npmrc',
      source: found.source,
    };
  }
  const odd = [...effective.values()].find((entry) => isHelper(entry) && /[$%`"']/.test(entry.value));
  if (!odd) return null;
  return {
    code: 'ERR_PNPM_TOKEN_HELPER_UNSUPPORTED_CHARACTER',
    message: `Unexpected character in ${odd.setting.key}`,
    source: odd.source,
  };
}

function basicStop({ effective }: PnpmSettings, rules: PnpmRules): ClientStop | null {
  if (rules.checksBasic === 'no') return null;
  for (const [key, entry] of effective) {
    const field = key.slice(key.lastIndexOf(':') + 1);
    const { value, source } = entry;
    const checks = field === '_auth' || (field === '_password' && rules.checksBasic === 'auth-and-password');
    if (
      !checks ||
      value === '' ||
      (field === '_password' && !effective.get(key.replace(/_password$/, 'username'))?.value)
    )
      continue;
    if (!isBase64(value)) {
      const message = `Failed to decode ${field} as base64`;
      return { code: 'ERR_PNPM_AUTH_INVALID_BASE64', message, source };
    }
    if (field === '_auth' && !Buffer.from(value, 'base64').toString('latin1').includes(':')) {
      const message = 'No separator found in the decoded form of _auth';
      return { code: 'ERR_PNPM_AUTH_MISSING_SEPARATOR', message, source };
    }
  }
  return null;
}

/** pnpm 9 to 11 read every file of certificates behind a key, also of a host that is never asked, by its path from the working directory (run for real: 9.15.9, 10.34.9, 11.28.11; not 12.21.0). */
function keyedFileStop({ effective }: PnpmSettings, rules: PnpmRules, world: ClientWorld): ClientStop | null {
  if (!rules.keyedCertificates || rules.reader === 'lines') return null;
  for (const { key, value, open, raw, source } of effective.values()) {
    if (!/^(?:\/\/|@).*:(?:cafile|certfile|keyfile)$/.test(key) || raw === 'null') continue;
    const path = pathsOf(world).resolve(world.projectDirectory, value);
    const { kind } = value === '' ? { kind: 'absent' } : world.files.read(path);
    if (kind === 'text') continue;
    return kind === 'absent'
      ? { code: 'ENOENT', message: `no such file or directory, open '${open}'`, source }
      : { code: 'EISDIR', message: `'${open}' can not be read`, source };
  }
  return null;
}

function isBase64(text: string): boolean {
  const plain = text.replace(/\s/g, '').replace(/=+$/, '');
  return /^[A-Za-z0-9+/]*$/.test(plain) && plain.length % 4 !== 1;
}

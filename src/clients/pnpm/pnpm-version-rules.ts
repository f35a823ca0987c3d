import { type RuleChanges, rulesOf } from '../version-rules.ts';
import type { PnpmRules } from './pnpm-rules.ts';

const firstRules: PnpmRules = {
  reader: 'npm-conf',
  unquotes: 'keys-and-values',
  passesByteOrderMark: true,
  keyReferences: false,
  unsetReference: 'drops-file',
  dashFallback: true,
  optionalReference: false,
  projectReferences: 'replaced',
  projectNamesUserFile: true,
  userFile: 'npm-variables',
  ownFolderFile: true,
  environment: 'npm-lower',
  bareCredentials: 'default-registry',
  credentialChoice: 'last-key',
  checksBasic: 'no',
  slashOptional: false,
  scopedKeys: false,
  authSetting: 'none',
  authRegistryYields: 'to-nothing',
  projectTokenHelper: 'ignored',
  workspaceFile: 'packages-required',
  registryInYaml: false,
  registriesInGlobal: false,
  registriesByUrl: false,
  yamlReplacesRegistries: true,
  standardUrls: false,
  keyUrl: 'keeps-port',
  portOptional: false,
  slashBehindRegistry: false,
  lockedMetadata: 'never',
  lockedRegistry: 'of-scope',
  aliasLendsScope: true,
  mismatchCode: 'ERR_PNPM_TARBALL_URL_MISMATCH',
  releaseAge: 'none',
  exceptionsNeedTimes: false,
  strictWhenSet: false,
  trustPolicy: 'none',
  installsPeers: false,
  linksWorkspaces: true,
  keyedCertificates: false,
  sendsLoneUser: true,
};

/** Each change with the first version that has it, and beside it a measured case (clients.md), the release's source, or its change log. */
const changes: RuleChanges<PnpmRules> = [
  ['8.0.0', { installsPeers: true }], // change log
  // @pnpm/network.auth-header removePort, not in 8.6.10; run for real: 8.6.0, 8.6.12
  ['8.6.11', { portOptional: true }],
  ['8.11.0', { slashBehindRegistry: true }], // @pnpm/network.auth-header; run for real: not 8.6.0, 8.7.6, 8.9.2, 8.10.5
  ['9.0.0', { linksWorkspaces: false, keyedCertificates: true }], // change log; run for real: 8.15.9, 9.15.9
  ['9.7.0', { keyReferences: true }], // measured: q18; @pnpm/npm-conf 2.3
  ['10.0.0', { environment: 'npm-keeps-scope' }], // @pnpm/npm-conf 3
  ['10.5.0', { workspaceFile: 'packages-only' }], // workspace/read-manifest
  ['10.6.0', { workspaceFile: 'settings' }], // measured: n03; @pnpm/config
  ['10.7.0', { sendsLoneUser: false }], // run for real: 8.15.9, 9.15.9, 10.0.0, 10.6.0; not 10.7.0, 10.34.9
  ['10.11.0', { keyUrl: 'standard' }], // @pnpm/config.nerf-dart
  ['10.16.0', { releaseAge: 'times-required' }], // measured: n15; @pnpm/config
  ['10.19.0', { exceptionsNeedTimes: true }], // run for real: not 10.18.3
  ['10.20.0', { exceptionsNeedTimes: false }], // run for real
  ['10.21.0', { trustPolicy: 'without-exceptions' }], // change log; run for real
  ['10.22.0', { trustPolicy: 'times-required' }], // change log; run for real: 10.27.0
  ['10.29.0', { standardUrls: true }], // measured: k19; normalize-registry-url 2.0.1
  ['10.34.0', { bareCredentials: 'registry-of-same-file' }], // @pnpm/config rescopeUnscopedCreds
  // measured: n11, q00, q17; @pnpm/config dropUntrustedEnvExpansions
  ['10.34.2', { projectReferences: 'setting-dropped' }],
  ['10.34.3', { projectNamesUserFile: false }], // @pnpm/npm-conf 3.0.3
  // measured: u01, w04, p05, p08, n06, n14, a12; @pnpm/config.reader
  [
    '11.0.0',
    {
      aliasLendsScope: false,
      reader: 'ini',
      unsetReference: 'empty',
      projectReferences: 'replaced',
      userFile: 'no-variable',
      ownFolderFile: false,
      environment: 'none',
      bareCredentials: 'default-registry',
      credentialChoice: 'token-first',
      checksBasic: 'auth-and-password',
      projectTokenHelper: 'stops',
      yamlReplacesRegistries: false,
      releaseAge: 'day-by-default',
    },
  ],
  ['11.0.6', { strictWhenSet: true, userFile: 'own-variables' }], // @pnpm/config.reader; run for real: 11.0.5, 11.0.6
  ['11.0.9', { userFile: 'pnpm-variables' }], // run for real: not 11.0.8
  ['11.2.0', { lockedMetadata: 'for-age' }], // createNpmResolutionVerifier
  ['11.5.0', { bareCredentials: 'registry-of-same-file' }], // @pnpm/config.reader rescopeUnscopedCreds
  ['11.5.2', { lockedMetadata: 'for-age-and-url' }], // measured: l16; createNpmResolutionVerifier
  ['11.5.3', { projectReferences: 'setting-dropped' }], // measured: n11, n12, q00
  ['11.6.0', { environment: 'url-keys', registryInYaml: true }], // measured: p06; run for real; @pnpm/config.reader
  ['11.7.0', { slashOptional: true, scopedKeys: true }], // measured: k07-k09; @pnpm/network.auth-header
  ['11.10.0', { authSetting: 'literal' }], // change log
  ['11.11.0', { registriesInGlobal: true }], // change log; run for real
  ['11.23.0', { registriesByUrl: true, trustPolicy: 'may-ignore-times' }], // change log; run for real: 11.20.0, 11.24.0
  ['11.25.0', { authRegistryYields: 'to-yaml' }], // change log
  ['11.27.0', { authRegistryYields: 'to-every-declaration' }], // change log
  // measured: q10; run for real; change log
  ['11.28.0', { optionalReference: true, authSetting: 'replaced', lockedRegistry: 'of-tarball' }],
  // measured: q02-q14, q19, u01, k26, n12; pnpm/crates/config, pnpm/crates/network
  [
    '12.0.0',
    {
      reader: 'lines',
      unquotes: 'nothing',
      passesByteOrderMark: false,
      dashFallback: false,
      optionalReference: false,
      credentialChoice: 'token-first-empty-counts',
      checksBasic: 'no',
      authSetting: 'literal',
      authRegistryYields: 'to-nothing',
      lockedRegistry: 'of-scope',
      standardUrls: false,
      keyUrl: 'text',
      mismatchCode: 'ERR_PNPM_LOCKFILE_RESOLUTION_VERIFICATION',
      strictWhenSet: false,
    },
  ],
  ['12.1.0', { checksBasic: 'auth', authRegistryYields: 'to-every-declaration' }], // change log
  ['12.3.0', { unquotes: 'values', strictWhenSet: true }], // change log; run for real
  ['12.6.0', { dashFallback: true }], // run for real: not 12.5.1, but 12.10.1
  // measured: q10, q14; change log
  [
    '12.7.0',
    {
      optionalReference: true,
      passesByteOrderMark: true,
      authSetting: 'replaced',
      lockedRegistry: 'of-tarball',
    },
  ],
  // measured: l07; change log
  ['12.8.0', { checksBasic: 'auth-and-password', mismatchCode: 'ERR_PNPM_TARBALL_URL_MISMATCH' }],
  ['12.16.0', { unquotes: 'keys-and-values' }], // measured: q02, q03; run for real: not 12.15.0
  ['12.19.0', { projectReferences: 'registry-stops' }], // measured: q17, n11, n12; change log
];

/**
 * The rules of one pnpm version (`major.minor.patch`); a text that is no version gets the newest rules, a version before a release those of the
 * release (run for real: 11.0.0-rc.1).
 */
export function pnpmRules(version: string): PnpmRules {
  return rulesOf(version, firstRules, changes);
}

import { coerce, gte } from 'semver';

/** What differs between pnpm's versions in finding registries and credentials. */
export interface PnpmRules {
  /** How an rc file is read: npm's rules (up to 10), `ini` (11), or line by line (12, the native one). */
  reader: 'npm-conf' | 'ini' | 'lines';
  /** What quotes around a key or value are taken off by the reader of lines. */
  unquotes: 'nothing' | 'values' | 'keys-and-values';
  /** The reader of lines passes over a byte order mark. */
  passesByteOrderMark: boolean;
  /** `${NAME}` in keys is replaced. */
  keyReferences: boolean;
  /** A reference without a value makes pnpm drop the whole file, or becomes an empty text. */
  unsetReference: 'drops-file' | 'empty';
  /** `${NAME-text}` is known beside `${NAME:-text}`. */
  dashFallback: boolean;
  /** `${NAME?}` is an empty text when the variable is unset. */
  optionalReference: boolean;
  /** What becomes of references in the project's own files. */
  projectReferences: 'replaced' | 'setting-dropped' | 'registry-stops';
  /** The project's file may name another user file. */
  projectNamesUserFile: boolean;
  /** Which variables name the user file. */
  userFile: 'npm-variables' | 'no-variable' | 'own-variables' | 'pnpm-variables';
  /** A folder inside a workspace has an rc file of its own beside the root's. */
  ownFolderFile: boolean;
  /** How `npm_config_*` variables become keys; from 11 on only `//host/…` keys of `npm_config_` and `pnpm_config_`, or none. */
  environment: 'npm-lower' | 'npm-keeps-scope' | 'none' | 'url-keys';
  /** Bare `_authToken`, `_auth`, `username`, `_password`: for the default registry, or for the registry that the same file names. */
  bareCredentials: 'default-registry' | 'registry-of-same-file';
  /** Keys of one URL: the last one written decides, or the token; `empty-counts`: even an empty one. */
  credentialChoice: 'last-key' | 'token-first' | 'token-first-empty-counts';
  /** `_auth` and `_password` must be base64, `_auth` with a colon inside, or pnpm ends. */
  checksBasic: 'no' | 'auth' | 'auth-and-password';
  /** Keys without a final slash count as if they had one. */
  slashOptional: boolean;
  /** Keys for one scope: `//host/:@acme:_authToken` and `//host/@acme/:_authToken`. */
  scopedKeys: boolean;
  /** The setting `_auth` of `config.yaml` and `pnpm_config__auth`; whether references in its tokens are replaced. */
  authSetting: 'none' | 'literal' | 'replaced';
  /** A registry of `_auth` in `config.yaml` gives way to one that pnpm-workspace.yaml declares, and to one of an rc file. */
  authRegistryYields: 'to-nothing' | 'to-yaml' | 'to-every-declaration';
  /** `tokenHelper` in the project's file ends pnpm. */
  projectTokenHelper: 'ignored' | 'stops';
  /** What pnpm-workspace.yaml says: only `packages` (without it pnpm ends), or settings too. */
  workspaceFile: 'packages-required' | 'packages-only' | 'settings';
  /** `registry` of a YAML file is the default registry. */
  registryInYaml: boolean;
  /** The global `config.yaml` may have `registries`. */
  registriesInGlobal: boolean;
  /** `registries` of pnpm-workspace.yaml by scope, or also by URL with `scopes`. */
  registriesByUrl: boolean;
  /** `registries` of pnpm-workspace.yaml replace all others instead of being merged. */
  yamlReplacesRegistries: boolean;
  /** Registry URLs are brought into their standard form (lower case host, no default port). */
  standardUrls: boolean;
  /** Keys are looked up by the URL's standard form: lower case host (`text`: as written), default port left out. */
  keyUrl: 'keeps-port' | 'standard' | 'text';
  /** Keys without a port count for a URL that has one. */
  portOptional: boolean;
  /** The credential of a registry is looked up with a slash behind its URL; else one without loses the last part of its path. */
  slashBehindRegistry: boolean;
  /** With a lockfile entry: no metadata, metadata for its age, or for its age and its tarball URL. */
  lockedMetadata: 'never' | 'for-age' | 'for-age-and-url';
  /** Where metadata of a locked package is asked when its scope has no registry: as ever, or at the registry of another scope that holds its tarball. */
  lockedRegistry: 'of-scope' | 'of-tarball';
  /** An alias of a package without a scope is asked at the registry of the scope that it is installed under. */
  aliasLendsScope: boolean;
  mismatchCode: string;
  /** `minimumReleaseAge`: not known; only when set, and metadata must have times; a day by default, and times may be missing. */
  releaseAge: 'none' | 'times-required' | 'day-by-default';
  /** `minimumReleaseAgeExclude` lets no package without times through. */
  exceptionsNeedTimes: boolean;
  /** A `minimumReleaseAge` that somebody set is strict. */
  strictWhenSet: boolean;
  /** `trustPolicy: no-downgrade`: not known; known without exceptions, or with them; times may be missing unless `minimumReleaseAgeIgnoreMissingTime` is off. */
  trustPolicy: 'none' | 'without-exceptions' | 'times-required' | 'may-ignore-times';
  /** Peers are installed where no setting tells. */
  installsPeers: boolean;
  /** A version that a package of the workspace has is taken from there where no setting tells. */
  linksWorkspaces: boolean;
}

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
};

/** Each change with the first version that has it. `source`: a measured case (clients.md), the release's source, or its change log. */
const changes: readonly { since: string; rules: Partial<PnpmRules>; source: string }[] = [
  { since: '8.0.0', rules: { installsPeers: true }, source: 'change log' },
  {
    since: '8.6.11',
    rules: { portOptional: true },
    source: '@pnpm/network.auth-header removePort, not in 8.6.10; run for real: 8.6.0, 8.6.12',
  },
  {
    since: '8.11.0',
    rules: { slashBehindRegistry: true },
    source: '@pnpm/network.auth-header; run for real: not 8.6.0, 8.7.6, 8.9.2, 8.10.5',
  },
  { since: '9.0.0', rules: { linksWorkspaces: false }, source: 'change log; run for real: 8.15.9, 9.15.9' },
  { since: '9.7.0', rules: { keyReferences: true }, source: 'measured: q18; @pnpm/npm-conf 2.3' },
  { since: '10.0.0', rules: { environment: 'npm-keeps-scope' }, source: '@pnpm/npm-conf 3' },
  { since: '10.5.0', rules: { workspaceFile: 'packages-only' }, source: 'workspace/read-manifest' },
  { since: '10.6.0', rules: { workspaceFile: 'settings' }, source: 'measured: n03; @pnpm/config' },
  { since: '10.11.0', rules: { keyUrl: 'standard' }, source: '@pnpm/config.nerf-dart' },
  { since: '10.16.0', rules: { releaseAge: 'times-required' }, source: 'measured: n15; @pnpm/config' },
  { since: '10.19.0', rules: { exceptionsNeedTimes: true }, source: 'run for real: not 10.18.3' },
  { since: '10.20.0', rules: { exceptionsNeedTimes: false }, source: 'run for real' },
  { since: '10.21.0', rules: { trustPolicy: 'without-exceptions' }, source: 'change log; run for real' },
  { since: '10.22.0', rules: { trustPolicy: 'times-required' }, source: 'change log; run for real: 10.27.0' },
  { since: '10.29.0', rules: { standardUrls: true }, source: 'measured: k19; normalize-registry-url 2.0.1' },
  {
    since: '10.34.0',
    rules: { bareCredentials: 'registry-of-same-file' },
    source: '@pnpm/config rescopeUnscopedCreds',
  },
  {
    since: '10.34.2',
    rules: { projectReferences: 'setting-dropped' },
    source: 'measured: n11, q00, q17; @pnpm/config dropUntrustedEnvExpansions',
  },
  { since: '10.34.3', rules: { projectNamesUserFile: false }, source: '@pnpm/npm-conf 3.0.3' },
  {
    since: '11.0.0',
    rules: {
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
    source: 'measured: u01, w04, p05, p08, n06, n14, a12; @pnpm/config.reader',
  },
  {
    since: '11.0.6',
    rules: { strictWhenSet: true, userFile: 'own-variables' },
    source: '@pnpm/config.reader; run for real: 11.0.5, 11.0.6',
  },
  { since: '11.0.9', rules: { userFile: 'pnpm-variables' }, source: 'run for real: not 11.0.8' },
  { since: '11.2.0', rules: { lockedMetadata: 'for-age' }, source: 'createNpmResolutionVerifier' },
  {
    since: '11.5.0',
    rules: { bareCredentials: 'registry-of-same-file' },
    source: '@pnpm/config.reader rescopeUnscopedCreds',
  },
  {
    since: '11.5.2',
    rules: { lockedMetadata: 'for-age-and-url' },
    source: 'measured: l16; createNpmResolutionVerifier',
  },
  { since: '11.5.3', rules: { projectReferences: 'setting-dropped' }, source: 'measured: n11, n12, q00' },
  {
    since: '11.6.0',
    rules: { environment: 'url-keys', registryInYaml: true },
    source: 'measured: p06; run for real; @pnpm/config.reader',
  },
  {
    since: '11.7.0',
    rules: { slashOptional: true, scopedKeys: true },
    source: 'measured: k07-k09; @pnpm/network.auth-header',
  },
  { since: '11.10.0', rules: { authSetting: 'literal' }, source: 'change log' },
  { since: '11.11.0', rules: { registriesInGlobal: true }, source: 'change log; run for real' },
  {
    since: '11.23.0',
    rules: { registriesByUrl: true, trustPolicy: 'may-ignore-times' },
    source: 'change log; run for real: 11.20.0, 11.24.0',
  },
  { since: '11.25.0', rules: { authRegistryYields: 'to-yaml' }, source: 'change log' },
  { since: '11.27.0', rules: { authRegistryYields: 'to-every-declaration' }, source: 'change log' },
  {
    since: '11.28.0',
    rules: { optionalReference: true, authSetting: 'replaced', lockedRegistry: 'of-tarball' },
    source: 'measured: q10; run for real; change log',
  },
  {
    since: '12.0.0',
    rules: {
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
    source: 'measured: q02-q14, q19, u01, k26, n12; pnpm/crates/config, pnpm/crates/network',
  },
  {
    since: '12.1.0',
    rules: { checksBasic: 'auth', authRegistryYields: 'to-every-declaration' },
    source: 'change log',
  },
  { since: '12.3.0', rules: { unquotes: 'values', strictWhenSet: true }, source: 'change log; run for real' },
  { since: '12.6.0', rules: { dashFallback: true }, source: 'run for real: not 12.5.1, but 12.10.1' },
  {
    since: '12.7.0',
    rules: {
      optionalReference: true,
      passesByteOrderMark: true,
      authSetting: 'replaced',
      lockedRegistry: 'of-tarball',
    },
    source: 'measured: q10, q14; change log',
  },
  {
    since: '12.8.0',
    rules: { checksBasic: 'auth-and-password', mismatchCode: 'ERR_PNPM_TARBALL_URL_MISMATCH' },
    source: 'measured: l07; change log',
  },
  {
    since: '12.16.0',
    rules: { unquotes: 'keys-and-values' },
    source: 'measured: q02, q03; run for real: not 12.15.0',
  },
  {
    since: '12.19.0',
    rules: { projectReferences: 'registry-stops' },
    source: 'measured: q17, n11, n12; change log',
  },
];

/**
 * The rules of one pnpm version (`major.minor.patch`); a text that is no version gets the newest rules, a version before a release those of the
 * release (run for real: 11.0.0-rc.1).
 */
export function pnpmRules(version: string): PnpmRules {
  const known = coerce(version)?.version ?? '9999.0.0';
  const reached = changes.filter((change) => gte(known, change.since));
  return Object.assign({}, firstRules, ...reached.map((change) => change.rules));
}

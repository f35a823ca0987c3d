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
  /** Certificates behind the keys of a registry (`//host/:cafile`) count. */
  keyedCertificates: boolean;
  /** A proxy's user without a password goes out without a colon. */
  sendsLoneUser: boolean;
}

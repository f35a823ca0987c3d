import { type RuleChanges, rulesOf } from '../version-rules.ts';

/** What differs between npm's versions in finding registries and credentials. */
export interface NpmRules {
  /** What `${VARIABLE}` without a value does: npm ends at once, or the text stays as written. */
  unsetReference: 'stops' | 'stays';
  /** `${VARIABLE?}` means an empty text when the variable is unset. */
  optionalReference: boolean;
  /** A value of the wrong type (a `registry` that is no URL) is passed over; later versions use it as it stands. */
  dropsWrongTypes: boolean;
  /** Which texts count as a variable's name inside `${}`. */
  referenceNames: 'all-but-brace' | 'no-dollar-or-brace' | 'no-dollar-brace-or-question';
  /** What becomes of the backslash in `\${VARIABLE}`. */
  escapedReference: 'keeps-backslash' | 'drops-backslash';
  /** Exact key of the registry, or every key on the way from the URL up to its host. */
  keyLookup: 'registry-key' | 'climbs';
  /** The registry's key goes along to other paths of its host. */
  lendsToHost: boolean;
  /** A pair of client certificate keys ends the climb, although it sends no credential. */
  certificatesEndClimb: boolean;
  /** What `_authToken`, `_auth`, `username` and `_password` without a registry in front do. */
  bareCredentials: 'for-every-registry' | 'for-default-registry' | 'stop';
  /** Further bare keys in a file that end npm. */
  moreStoppingKeys: readonly string[];
  /** `npm_config_//host/path/:_authToken` keeps its letters and is understood. */
  keysInEnvironment: boolean;
  /** Where the project's file is looked for when npm runs in a workspace's folder. */
  projectFile: 'own-folder' | 'workspace-root';
  /** A project file that is also `~/.npmrc` is left out even when the user file is another one. */
  skipsHomeAsProject: boolean;
  /** The setting `scope` picks the registry of packages that no other line maps. */
  scopeSetting: boolean;
  /** Which tarball URLs `replace-registry-host` moves to the default registry, first by the lockfile's reader, then by the fetcher. */
  replaceHost: {
    reader: 'no' | 'public' | 'hostname' | 'hostname-or-url';
    fetcher: 'no' | 'public' | 'public-or-always' | 'host';
  };
  /** When the tarball URL of a lockfile is taken without asking metadata. */
  lockedTarball: 'below-registry' | 'always';
  /** A tarball on the registry's host name gets the registry's protocol and port. */
  tarballTakesProtocol: boolean;
  /**
   * `allow-remote`: not known; for every tarball (`root` lets hoisted ones through); for those on another host name than the package's
   * registry; for those that do not lie below it.
   */
  remoteGate: 'none' | 'every-tarball' | 'other-host' | 'outside-registry';
  remoteDefault: 'all' | 'none';
  /** `allow-git` where nothing sets it; it is not looked at where that is `all`. */
  gitDefault: 'all' | 'none';
  /** `strict-npmrc` makes unknown keys end npm. */
  strictSetting: boolean;
  /** Settings that end npm before it asks for a package where their value is not of their type. */
  typedAges: readonly ('before' | 'min-release-age')[];
  /** One file in two roles ends npm. */
  rejectsSameFileTwice: boolean;
  /** Peers are installed unless `legacy-peer-deps` is set. */
  installsPeers: boolean;
  /** Whether `NO_PROXY` takes hosts out beside the setting `noproxy`, or only in its place. */
  exemptions: 'setting-or-variable' | 'setting-and-variable';
  /** An IPv6 address in brackets is looked up as if it were a name, which fails. */
  looksUpAddresses: boolean;
}

const firstRules: NpmRules = {
  unsetReference: 'stops',
  optionalReference: false,
  dropsWrongTypes: true,
  referenceNames: 'all-but-brace',
  escapedReference: 'keeps-backslash',
  keyLookup: 'registry-key',
  lendsToHost: true,
  certificatesEndClimb: false,
  bareCredentials: 'for-every-registry',
  moreStoppingKeys: [],
  keysInEnvironment: false,
  projectFile: 'own-folder',
  skipsHomeAsProject: true,
  scopeSetting: true,
  replaceHost: { reader: 'no', fetcher: 'no' },
  lockedTarball: 'below-registry',
  tarballTakesProtocol: true,
  remoteGate: 'none',
  remoteDefault: 'all',
  gitDefault: 'all',
  strictSetting: false,
  typedAges: [],
  rejectsSameFileTwice: false,
  installsPeers: false,
  exemptions: 'setting-or-variable',
  looksUpAddresses: false,
};

/**
 * Each change with the first version that has it. Beside it stands a measured case (clients.md) or the package of that release
 * in which the change was read, versions around it compared.
 */
const changes: RuleChanges<NpmRules> = [
  // measured: u01, k03, k08, a08, a11, l02, l05; npm 7 @npmcli/config, npm-registry-fetch, pacote
  [
    '7.0.0',
    {
      unsetReference: 'stays',
      escapedReference: 'drops-backslash',
      keyLookup: 'climbs',
      bareCredentials: 'for-default-registry',
      skipsHomeAsProject: false,
      scopeSetting: false,
      replaceHost: { reader: 'public', fetcher: 'public' },
      lockedTarball: 'always',
      tarballTakesProtocol: false,
      rejectsSameFileTwice: true,
      installsPeers: true,
    },
  ],
  ['7.11.0', { lendsToHost: false }], // run for real: not 7.10.0; user reports
  ['7.11.1', { lendsToHost: true }], // run for real
  ['8.5.0', { projectFile: 'workspace-root', scopeSetting: true }], // measured: w02, w04; @npmcli/config
  ['8.6.0', { referenceNames: 'no-dollar-or-brace' }], // @npmcli/config
  ['8.7.0', { replaceHost: { reader: 'public', fetcher: 'public' } }], // pacote
  ['8.9.0', { replaceHost: { reader: 'public', fetcher: 'public-or-always' } }], // pacote
  ['8.12.0', { replaceHost: { reader: 'public', fetcher: 'host' } }], // pacote
  ['8.15.0', { certificatesEndClimb: true }], // npm-registry-fetch
  // measured: l08, l08b, l08c, x08; @npmcli/arborist
  ['8.16.0', { replaceHost: { reader: 'hostname', fetcher: 'host' } }],
  ['8.17.0', { keysInEnvironment: true }], // measured: p06; @npmcli/config
  // measured: a08-a11; installs with `registry=host/path` on 8.19.4, 9.0.0 and later
  ['9.0.0', { bareCredentials: 'stop', dropsWrongTypes: false }],
  // @npmcli/agent looks twice for exemptions, the second time without the setting, and passes on a host in brackets;
  // run for real: 10, 11, 12
  ['10.0.0', { exemptions: 'setting-and-variable', looksUpAddresses: true, typedAges: ['before'] }],
  // measured: q10; @npmcli/config
  ['11.6.0', { optionalReference: true, referenceNames: 'no-dollar-brace-or-question' }],
  ['11.10.0', { typedAges: ['before', 'min-release-age'] }], // run for real: 11.10.0, 11.19.0, 12.2.0, not 11.8.0
  ['11.14.0', { remoteGate: 'every-tarball' }], // measured: x06; pacote
  ['11.15.0', { remoteGate: 'other-host' }], // @npmcli/arborist
  ['11.17.0', { remoteGate: 'outside-registry' }], // @npmcli/arborist
  ['11.18.0', { replaceHost: { reader: 'hostname-or-url', fetcher: 'host' } }], // @npmcli/arborist
  // measured: x01, x02, x06, x11, x14; @npmcli/config
  [
    '12.0.0',
    {
      remoteDefault: 'none',
      gitDefault: 'none',
      strictSetting: true,
      moreStoppingKeys: ['email', 'certfile', 'keyfile'],
    },
  ],
];

/**
 * The rules of one npm version (`major.minor.patch`); a text that is no version gets the newest rules, a version before a release those of the
 * release.
 */
export function npmRules(version: string): NpmRules {
  return rulesOf(version, firstRules, changes);
}

import { gte, lte } from 'semver';
import { type RuleChanges, rulesOf, versionOf } from '../version-rules.ts';

/** What differs between the versions of Yarn 2+ in finding registries and credentials. */
export interface BerryRules {
  /** How settings of several files meet: the nearest file's value counts, or maps and lists are joined. */
  merge: 'nearest' | 'deep';
  /** The home folder's file has the name that `YARN_RC_FILENAME` gives, or always `.yarnrc.yml`. */
  homeFile: 'rc-filename' | 'fixed';
  /** A key that stands twice in one mapping ends Yarn; later versions take the last. */
  refusesTwins: boolean;
  /** Which texts with `${` are references, and whether a backslash keeps one from being replaced. */
  references: 'plain' | 'escapable' | 'nested';
  /** Files of variables (`.env.yarn`) are read before references are replaced. */
  environmentFiles: boolean;
  /** `enableStrictSettings` can be turned off: not at all, in a file for that file, or by the environment only. */
  strictSwitch: 'none' | 'file' | 'environment';
  /** The setting that names a file of certificates. */
  caSetting: 'caFilePath' | 'httpsCaFilePath';
  /** The scope `@jsr` has a registry of its own. */
  jsrScope: boolean;
  /**
   * The age limit: `fails` where its version can't look at metadata without times, preapproved packages or not; `units` where it takes `1d`;
   * `scoped` where a scope has its own, which is the default as soon as the scope is set up.
   */
  ageGate: { known: boolean; minutes: number; units: boolean; scoped: boolean; fails: boolean; code: string };
}

const firstRules: BerryRules = {
  merge: 'nearest',
  homeFile: 'rc-filename',
  refusesTwins: true,
  references: 'plain',
  environmentFiles: false,
  strictSwitch: 'none',
  caSetting: 'caFilePath',
  jsrScope: false,
  ageGate: { known: false, minutes: 0, units: false, scoped: false, fails: true, code: 'YN0082' },
};

const firstGate = { ...firstRules.ageGate, known: true };
const gateWithUnits = { ...firstGate, units: true, fails: false };
const gateOfOneDay = { ...gateWithUnits, minutes: 1440, code: 'YN0016' };

/**
 * Each change with the first version that has it. Beside it stands a measured case (clients.md), or what was read and run:
 * `yarn config get` of the releases around it.
 */
const changes: RuleChanges<BerryRules> = [
  ['3.0.0', { refusesTwins: false }], // config get on 2.4.1 and 3.0.2
  ['3.1.0', { strictSwitch: 'file' }], // config get on 3.0.2 and 3.2.4
  // measured: y12; config get on 3.8.7 and 4.0.2; @yarnpkg/core 3.7.0, 4.0.0
  [
    '4.0.0',
    {
      merge: 'deep',
      homeFile: 'fixed',
      environmentFiles: true,
      strictSwitch: 'environment',
      caSetting: 'httpsCaFilePath',
    },
  ],
  ['4.9.0', { jsrScope: true }], // @yarnpkg/plugin-npm 3.1.2
  ['4.10.0', { ageGate: firstGate }], // measured: yq2, fy1; @yarnpkg/plugin-npm 3.3.0
  // run for real: npmPreapprovedPackages helps from 4.10.2 on, not on 4.10.1
  ['4.10.2', { ageGate: { ...firstGate, fails: false } }],
  // config get on 4.10.3 and 4.11.0; @yarnpkg/plugin-npm 3.5.0
  ['4.11.0', { references: 'escapable', ageGate: gateWithUnits }],
  // config get on 4.12.0 and 4.13.0; @yarnpkg/core 4.9.0
  ['4.13.0', { references: 'nested', ageGate: { ...gateWithUnits, code: 'YN0016' } }],
  ['4.15.0', { ageGate: gateOfOneDay }], // measured: yq1; @yarnpkg/plugin-npm 3.6.0
  ['4.17.0', { ageGate: { ...gateOfOneDay, scoped: true } }], // measured: yq2, yq6; @yarnpkg/plugin-npm 3.7.1
];

/** The rules of one version of Yarn 2+ (`major.minor.patch`); a text that is no version gets the newest rules. */
export function berryRules(version: string): BerryRules {
  return rulesOf(version, firstRules, changes);
}

const everKnown =
  'cacheFolder checksumBehavior cloneConcurrency compressionLevel defaultLanguageName defaultProtocol defaultSemverRangePrefix enableColors enableGlobalCache enableHyperlinks enableImmutableCache enableImmutableInstalls enableInlineBuilds enableInlineHunks enableMessageNames enableMirror enableNetwork enableProgressBars enableScripts enableStrictSsl enableTelemetry enableTimers enableTransparentWorkspaces globalFolder httpProxy httpRetry httpTimeout httpsProxy ignorePath immutablePatterns initEditorConfig initFields initScope installStatePath lastUpdateCheck logFilters networkConcurrency networkSettings nmHoistingLimits nmMode nodeLinker npmAlwaysAuth npmAuthIdent npmAuthToken npmPublishAccess npmPublishRegistry npmRegistries npmRegistryServer npmScopes packageExtensions patchFolder plugins pnpEnableInlining pnpFallbackMode pnpIgnorePatterns pnpMode pnpShebang pnpUnpluggedFolder preferInteractive preferTruncatedLines progressBarStyle rcFilename telemetryInterval telemetryUserId unsafeHttpWhitelist virtualFolder yarnPath';

/** Settings that came or went: the last measured version on one side and the first on the other. */
const arrivals: readonly (readonly [without: string, since: string, names: string])[] = [
  [
    '3.0.2',
    '3.2.4',
    'changesetBaseRefs changesetIgnorePatterns enableStrictSettings httpsCertFilePath httpsKeyFilePath nmSelfReferences npmAuditRegistry pnpEnableEsmLoader supportedArchitectures',
  ],
  ['3.2.4', '3.5.1', 'npmAuditExcludePackages npmAuditIgnoreAdvisories'],
  ['3.6.4', '3.8.7', 'preferReuse'],
  [
    '3.8.7',
    '4.0.2',
    'cacheMigrationMode constraintsPath deferredVersionFolder enableConstraintsChecks enableHardenedMode enableOfflineMode enableTips httpsCaFilePath injectEnvironmentFiles preferDeferredVersions taskPoolConcurrency taskPoolMode tsEnableAutoTypes winLinkType',
  ],
  ['4.5.3', '4.6.0', 'enableCacheClean'],
  ['4.6.0', '4.8.1', 'pnpmStoreFolder'],
  ['4.8.1', '4.9.4', 'minizip npmPublishProvenance pnpZipBackend'],
  ['4.9.4', '4.10.1', 'catalog catalogs npmMinimalAgeGate npmPreapprovedPackages'],
  ['4.13.0', '4.14.0', 'approvedGitRepositories'],
  ['4.14.1', '4.15.0', 'pnpmInstallConcurrency'],
  ['4.16.0', '4.17.0', 'nodeExperimentalPackageMap nodePackageMapType'],
];
const departures: readonly (readonly [last: string, without: string, names: string])[] = [
  [
    '3.8.7',
    '4.0.2',
    'caFilePath cacheKeyOverride ignoreCwd lockfileFilename pnpDataPath preferAggregateCacheInfo bstatePath',
  ],
];
const newestMeasured = '4.18.1';
const oldestMeasured = '3.0.2';

const alwaysKnown = new Set(everKnown.split(' '));
const arrived = byName(arrivals);
const departed = byName(departures);

function byName(rows: typeof arrivals): ReadonlyMap<string, readonly [before: string, after: string]> {
  return new Map(
    rows.flatMap(([before, after, names]) =>
      names.split(' ').map((name) => [name, [before, after] as const] as const),
    ),
  );
}

/**
 * Whether a version of Yarn is known to have, or to lack, a setting of that name. `unsure`: between two measured versions, or
 * outside of all of them. Measured: `yarn config --json` on 27 releases, 3.0.2 to 4.18.1.
 */
export function knowsSetting(version: string, name: string): 'yes' | 'no' | 'unsure' {
  if (alwaysKnown.has(name)) return 'yes';
  const known = versionOf(version);
  const arrival = arrived.get(name);
  if (arrival) return gte(known, arrival[1]) ? 'yes' : lte(known, arrival[0]) ? 'no' : 'unsure';
  const departure = departed.get(name);
  if (departure) return gte(known, departure[1]) ? 'no' : lte(known, departure[0]) ? 'yes' : 'unsure';
  return gte(known, oldestMeasured) && lte(known, newestMeasured) ? 'no' : 'unsure';
}

/** Whether another version of Yarn knows a setting of that name: a plugin can't bring it then. */
export function isOwnSetting(name: string): boolean {
  return arrived.has(name) || departed.has(name);
}

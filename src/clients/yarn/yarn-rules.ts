import { type RuleChanges, rulesOf } from '../version-rules.ts';

/** What differs between the versions of Yarn 1, as far as configuration and requests go. */
export interface YarnRules {
  /** A `//host/path/:_password` key makes a request carry the registry's credential, as `:_authToken` does. */
  passwordCovers: boolean;
  /** Variables count when the prefix stands anywhere in their name. */
  prefixAnywhere: boolean;
  /** A key's first underscore stays one, so that `npm_config__auth` is `_auth`. */
  keepsFirstUnderscore: boolean;
  /** A `.yarnrc` that is not in Yarn's own grammar is read as YAML; else it ends Yarn. */
  readsYaml: boolean;
  /** `yarnPath` of a `.yarnrc.yml` is followed. */
  followsYml: boolean;
  /** It refuses to run where package.json names another client or Yarn 2+: in the project's own, or in the nearest that names one. */
  packageManagerCheck: 'none' | 'project' | 'nearest';
}

const firstRules: YarnRules = {
  passwordCovers: false,
  prefixAnywhere: true,
  keepsFirstUnderscore: false,
  readsYaml: false,
  followsYml: false,
  packageManagerCheck: 'none',
};

/** Each change with the first version known to have it, read in the bundles of that version and of the one before it that was looked at. */
const changes: RuleChanges<YarnRules> = [
  ['1.12.1', { passwordCovers: true, prefixAnywhere: false }],
  ['1.15.0', { keepsFirstUnderscore: true }],
  ['1.17.0', { readsYaml: true }],
  ['1.17.1', { followsYml: true }],
  ['1.22.20', { packageManagerCheck: 'project' }],
  ['1.22.21', { packageManagerCheck: 'nearest' }],
];

/**
 * The rules of one Yarn 1 version (`major.minor.patch`; read in the bundles of 1.10.1 to 1.22.22); a text that is no version gets the
 * newest rules. What is not named here is alike in all of them.
 */
export function yarnRules(version: string): YarnRules {
  return rulesOf(version, firstRules, changes);
}

import { type RuleChanges, rulesOf } from '../version-rules.ts';

/** What differs between Bun's versions in finding registries and credentials. */
export interface BunRules {
  /** Which `.npmrc` files it reads besides bunfig.toml. */
  npmrcFiles: 'none' | 'project' | 'project-and-user';
  /** `NPM_CONFIG_USERCONFIG` names the user's `.npmrc`. */
  userConfigVariable: boolean;
  /** `$XDG_CONFIG_HOME/.npmrc` that is not there leaves `~/.npmrc` to be read. */
  homeBehindXdg: boolean;
  /** What becomes of `${VARIABLE}` without a value. */
  unsetReference: 'empty' | 'stays';
  /** `${VARIABLE?}` means an empty text when the variable is unset. */
  optionalReference: boolean;
  /** References inside quotes are replaced. */
  quotedReferences: boolean;
  /** A comment behind a value belongs to the value when nothing in it is replaced. */
  commentsInValues: boolean;
  /**
   * How a key of `.npmrc` is found for a registry: any key of its host, the registry's own key, or the nearest one on the way from the URL up
   * to its host (in any case, with or without the default port).
   */
  keyLookup: 'host' | 'registry-key' | 'climbs';
  /** A registry that the project's `.npmrc` names takes no key of the user's. */
  keysByFile: boolean;
  /** bunfig.toml wins over `.npmrc`, in registries and credentials. */
  bunfigWins: boolean;
  /** A registry's credential goes along to a tarball on any host. */
  sendsAnywhere: boolean;
  /** A registry URL without a final slash loses its last part. */
  dropsLastPart: boolean;
  /** `$VARIABLE` of bunfig.toml without a value is sent as it stands. */
  unsetBunfigReference: 'sent' | 'dropped';
  /** A `.npmrc` key for the tarball's own URL counts. */
  tarballKeys: boolean;
  /** `BUN_CONFIG_TOKEN`, `NPM_CONFIG_TOKEN`. */
  tokenVariables: boolean;
  /** `_auth` is read. */
  encodedAuth: boolean;
}

const firstRules: BunRules = {
  npmrcFiles: 'none',
  userConfigVariable: false,
  homeBehindXdg: false,
  unsetReference: 'empty',
  optionalReference: false,
  quotedReferences: false,
  commentsInValues: true,
  keyLookup: 'host',
  keysByFile: false,
  bunfigWins: false,
  sendsAnywhere: true,
  dropsLastPart: true,
  unsetBunfigReference: 'sent',
  tarballKeys: false,
  tokenVariables: false,
  encodedAuth: false,
};

/** Each change with the first version that has it: all run for real at the versions around it, with one file of each kind. */
const changes: RuleChanges<BunRules> = [
  ['1.1.18', { npmrcFiles: 'project' }],
  ['1.1.20', { encodedAuth: true }],
  ['1.1.30', { npmrcFiles: 'project-and-user', unsetReference: 'stays', keysByFile: true }],
  ['1.1.34', { tokenVariables: true }],
  ['1.1.39', { keysByFile: false }],
  ['1.3.5', { optionalReference: true, quotedReferences: true }],
  ['1.3.11', { keyLookup: 'registry-key' }],
  ['1.4.0', { homeBehindXdg: true, bunfigWins: true, sendsAnywhere: false }],
  [
    '1.4.4',
    {
      userConfigVariable: true,
      commentsInValues: false,
      keyLookup: 'climbs',
      unsetBunfigReference: 'dropped',
      tarballKeys: true,
      dropsLastPart: false,
    },
  ],
];

/**
 * The rules of one Bun version (`major.minor.patch`); a text that is no version gets the newest rules, a version before a release those of the
 * release.
 */
export function bunRules(version: string): BunRules {
  return rulesOf(version, firstRules, changes);
}

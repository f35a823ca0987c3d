/**
 * How a client but npm chooses among the versions that fit a range; a tag, or one exact version, is what it names. Run for real with random sets of versions: pnpm 9
 * to 12, Yarn 1.22, 3.8 and 4.18, Bun 1.4.
 */
export interface VersionChoice {
  /** Whether the one tagged `latest` comes before newer ones. */
  latest: 'first' | 'first-unless-deprecated' | 'as-others';
  /** Whether deprecated ones are taken only where nothing else fits. `avoided-even-blank`: an empty text deprecates too. */
  deprecated: 'avoided' | 'avoided-even-blank' | 'as-others';
  /** What `*` makes of a `latest` that is a prerelease, which no range without one holds. */
  anyVersion: 'takes-latest' | 'takes-latest-for-want-of-others' | 'takes-releases-only';
}

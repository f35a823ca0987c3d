/** The part of a package's metadata that an install rests on. */
export interface PackumentVersion {
  version: string;
  tarball: string | null;
  /** Subresource Integrity text, made from `shasum` where that is all there is. */
  integrity: string | null;
  dependencies: Readonly<Record<string, string>>;
  optionalDependencies: Readonly<Record<string, string>>;
  /** Without those that may be left out. */
  peerDependencies: Readonly<Record<string, string>>;
  /** Names of dependencies that the tarball brings along. */
  bundled: readonly string[];
  /** Why nobody should take it any more, which may be an empty text; `null` where it is not deprecated. */
  deprecated: string | null;
  /** The ranges of Node and package managers that it wants, by their names. */
  engines: Readonly<Record<string, string>>;
}

export interface Packument {
  name: string;
  distTags: Readonly<Record<string, string>>;
  versions: Readonly<Record<string, PackumentVersion>>;
  /** When each version was published, as far as the registry tells: GitLab never does. */
  times: Readonly<Record<string, string>>;
}

/** What a 200 on a metadata URL turned out to be. */
export type PackumentReading =
  | { kind: 'packument'; packument: Packument }
  | { kind: 'not-a-packument'; why: string };

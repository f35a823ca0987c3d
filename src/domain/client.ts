import type { Credential } from './credential.ts';
import type { Dependency } from './dependency.ts';
import type { Setting } from './setting.ts';
import type { Source } from './source.ts';

export type ClientName = 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';

/** A package manager at one version (`major.minor.patch`). `known` says how the version was learnt. */
export interface ClientId {
  name: ClientName;
  version: string;
  known: 'installed' | 'declared' | 'given' | 'assumed';
}

/** A configuration file in the order the client looks at them. */
export interface ClientFile {
  path: string;
  role: 'project' | 'user' | 'global' | 'builtin';
  state: 'read' | 'absent' | 'not-a-file' | 'unreadable' | 'not-read-by-client';
  why?: string;
}

/** Something in the configuration that can't mean what it looks like. `line` texts are fit for printing. */
export type ConfigProblem =
  | { kind: 'malformed-line'; source: Source; line: string; corrected: string | null; why: string }
  | { kind: 'unset-variable'; variable: string; setting: Setting }
  | { kind: 'refused-expansion'; variable: string; setting: Setting; why: string }
  | { kind: 'literal-token'; setting: Setting }
  | { kind: 'shadowed'; winner: Setting; loser: Setting }
  | { kind: 'ignored-file'; file: ClientFile };

/** Why a client ends before it asks anything: its own code and text for it. */
export interface ClientStop {
  code: string;
  message: string;
  source: Source;
}

/** `url` ends with a slash; `null` stands for the client's own default, the public npm registry. */
export interface RegistryChoice {
  url: string | null;
  source: Source;
  /** The setting's key (`@acme:registry` or `registry`), `null` for the default. */
  key: string | null;
}

export interface ClientNetwork {
  proxy: string | null;
  httpsProxy: string | null;
  noProxy: string | null;
  /** PEM texts given in settings. */
  ca: readonly string[];
  /** Path of a PEM file. */
  cafile: string | null;
  strictSsl: boolean;
}

/** One request as the client would send it. `registry` is the package's registry for a tarball request. */
export interface ClientRequest {
  kind: 'metadata' | 'tarball';
  url: string;
  packageName: string;
  credential: Credential;
}

/**
 * What one client at one version makes of the files and variables of one project.
 * Rules and their sources: docs of each module below `clients/`.
 */
export interface ClientModel {
  readonly client: ClientId;
  readonly files: readonly ClientFile[];
  readonly settings: readonly Setting[];
  readonly problems: readonly ConfigProblem[];
  readonly network: ClientNetwork;
  /** Set when the client ends before any request, whatever is asked of it. */
  readonly stop: ClientStop | null;
  registryFor(packageName: string): RegistryChoice;
  /** The credential for a URL. `registry` is the URL of the package's registry (a tarball may borrow its key). */
  credentialFor(url: string, registry: string | null): Credential;
  /** The URL the client asks for a package's metadata at a registry URL. */
  metadataUrl(registry: string, packageName: string): string;
  /**
   * Whether an install asks metadata for this dependency or goes straight to the lockfile's tarball, and for which tarball URL
   * it then asks (`null`: the one that metadata names).
   */
  asks(dependency: Dependency): { metadata: boolean; tarball: string | null };
  /**
   * The URL the client asks for when metadata names `tarball` for a package of `registry` (npm's `replace-registry-host`).
   * Left out: always as named.
   */
  tarballUrl?(tarball: string, registry: string | null): string;
  /**
   * The registry whose key the tarball of a dependency may borrow, given the package's registry. Left out: that one.
   */
  tarballLender?(dependency: Dependency, registry: string | null): string | null;
  /** Why the client refuses a tarball URL before asking for it (npm 12's `allow-remote`); `null` when it does not. */
  refusal(tarball: string, registry: string | null, dependency: Dependency): ClientStop | null;
}

import type { ClientNetwork } from './client-network.ts';
import type { ConfigEdits } from './config-edits.ts';
import type { Credential } from './credential.ts';
import { type Dependency, isOptional } from './dependency.ts';
import type { Setting } from './setting.ts';
import type { Source } from './source.ts';
import type { VersionChoice } from './version-choice.ts';

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

/**
 * Something in the configuration that can't mean what it looks like. `line` texts are fit for printing. `keys` of a file that is not read are
 * the registries and credentials that stand in it, as an `.npmrc` names them; `registries` the texts of its scopes' registries by scope, `registry` that of the default one;
 * `variables` those that its credentials refer to, by key.
 */
export type ConfigProblem =
  | {
      kind: 'malformed-line';
      source: Source;
      line: string;
      corrected: string | null;
      why: string;
      /** Keys of the settings that it keeps from being read. */
      hides?: readonly string[];
      /** The texts of the registries that it was to map scopes to, or keeps from being mapped. */
      registries?: ReadonlyMap<string, string>;
      /** A credential without a value: what wrote the line may have had none. */
      isEmpty?: boolean;
      /** How to mend it where no line can be shown. */
      step?: string;
      /** The variable that it was to refer to, in a form that the client does not replace. */
      refersTo?: { name: string; hasValue: boolean };
      /** It is a part of a user with password, which not every registry takes. */
      ofPassword?: true;
    }
  | { kind: 'unset-variable'; variable: string; setting: Setting }
  | { kind: 'refused-expansion'; variable: string; setting: Setting; why: string }
  | { kind: 'literal-token'; setting: Setting }
  | { kind: 'shadowed'; winner: Setting; loser: Setting }
  | {
      kind: 'ignored-file';
      file: ClientFile;
      /** Only these keys of the file are passed over. */
      partly?: boolean;
      source?: Source;
      keys?: readonly string[];
      registries?: ReadonlyMap<string, string>;
      registry?: string;
      variables?: ReadonlyMap<string, string>;
    };

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
  /** The setting's key as the client writes it (`@acme:registry`, `npmScopes.acme.npmRegistryServer`), `null` for the default. */
  key: string | null;
}

/** The keys by which the clients call the registry of all packages that no scope's setting covers. */
const defaultKeys = ['registry', 'npmRegistryServer', 'install.registry'];

/** What a registry was chosen by: a setting for the package's scope, one for all packages, or the client's own default. */
export function registryReach({ key }: RegistryChoice): 'scope' | 'all' | 'default' {
  if (key === null) return 'default';
  return defaultKeys.includes(key) ? 'all' : 'scope';
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
   * it then asks (`null`: the one that metadata names). `byRange`: the version is chosen anew, whatever is locked.
   * `registry`: metadata is asked there, not at the package's own registry. `bare`: the tarball is asked for without a credential, whatever keys there are.
   */
  asks(dependency: Dependency): {
    metadata: boolean;
    tarball: string | null;
    byRange?: boolean;
    registry?: RegistryChoice;
    bare?: true;
  };
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
  /** Why the client fetches no dependency from git (npm 12's `allow-git`); `null` when it does. Left out: it fetches all. */
  refusesGit?(dependency: Dependency): ClientStop | null;
  /**
   * Why the client refuses to ask a URL of this kind (Yarn 2+ and http), or one of this registry as its line writes it; `null` when it does
   * not. Left out: it asks all.
   */
  refusesUrl?(url: string, registry?: string | null): ClientStop | null;
  /**
   * Why the client ends when metadata names another tarball than the lockfile (pnpm 11+), though both could be had. Left out: it never compares.
   */
  lockMismatch?(locked: string, named: string | null): ClientStop | null;
  /** The age that a version must have before the client takes it for a dependency; `null` or left out: any will do. */
  ageGate?(dependency: Dependency): AgeGate | null;
  /** Whether an install goes on when the dependency's metadata, or its tarball, can't be had. Left out: where every way to it is an optional one. */
  goesOnWithout?(dependency: Dependency, lacks: 'metadata' | 'tarball'): boolean;
  /** How it chooses among the versions that fit a dependency. Left out: as npm does. */
  versionChoice?(dependency: Dependency): VersionChoice;
  /** An install fetches the peers that packages ask for. */
  readonly installsPeers: boolean;
  /** A dependency whose version a package of the workspace has is that package (pnpm). Left out: the client has no setting for it. */
  readonly linksWorkspaces?: boolean;
  /** A dependency that a package's tarball brings along is not fetched. Left out: it is. */
  readonly takesBundled?: boolean;
  /** The lines by which a person tells this client a registry or a credential. */
  readonly writing: ConfigWriting;
  /** How such lines get into files of nested settings. Left out: each is added at the end. */
  readonly edits?: ConfigEdits;
}

/**
 * Whether an install by this client goes on when the dependency's metadata, or its tarball, can't be had. A client that ends at its own
 * configuration goes on with nothing (run for real: npm 10 and a bare `_authToken`, with optional dependencies alone).
 */
export function isDispensable(
  client: ClientModel,
  dependency: Dependency,
  lacks: 'metadata' | 'tarball',
): boolean {
  if (client.stop !== null) return false;
  return client.goesOnWithout?.(dependency, lacks) ?? isOptional(dependency);
}

/**
 * A client that takes only versions published long enough ago. `missingTime` says what becomes of a version whose metadata
 * has no time of publishing, as GitLab's never has; `cure` is the setting that lets private packages through, as a person writes it.
 */
export interface AgeGate {
  minutes: number;
  missingTime: 'refused' | 'taken';
  /** It needs the times for another comparison than that of age (pnpm's `trustPolicy`). Left out: for the age. */
  looksAt?: 'trust';
  stop: ClientStop;
  /** What lets packages past it: the entry of this one, and the lines of a file that hold the entries of several. */
  cure: { file: string; entry: string; lines(entries: readonly string[]): string };
}

/**
 * Configuration as this client takes it, for remedies: texts of one or more lines, references in braces, never a token.
 * `file` is the name of the project's file in which it reads them (`.npmrc`, `.yarnrc.yml`); `credentialsInProject` is false when it takes no
 * `${VARIABLE}` from that file.
 */
export interface ConfigWriting {
  file: string;
  credentialsInProject: boolean;
  /** Maps a scope (`null`: unscoped packages) to a registry. */
  registry(scope: string | null, registry: string): string;
  /** The credential of a scope's registry. */
  credential(scope: string | null, registry: string, variable: string): string;
  /** The credential that a tarball at another address than its registry needs; `null` when this client has no line for that. */
  tarball(scope: string | null, registry: string | null, tarball: string, variable: string): string | null;
}

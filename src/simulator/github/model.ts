/** Everything that the embedded GitHub consists of, as plain data. Names of packages are whole (`@acme/ui`), repositories `owner/name`. */
export interface GitHubModel {
  settings: GitHubSettings;
  owners: readonly OwnerModel[];
  tokens: readonly GitHubTokenModel[];
  packages: readonly GitHubPackageModel[];
}

export interface GitHubSettings {
  /** `GITHUB_SERVER_URL` of its jobs. */
  serverUrl: string;
  /** GitHub Enterprise Server only: the registry has a host of its own. */
  isolated: boolean;
  /** The two answers that were seen for a GitHub App's token, and for a classic token without the scope. */
  appAnswer: 401 | 403;
  scopeAnswer: 401 | 403;
  /** Not documented: whether runs of forks have what Actions access grants to their base. */
  forkKeepsAccess: boolean;
  /** GitHub Enterprise Server only: 404 for what may not be read. */
  hides: boolean;
}

export interface OwnerModel {
  login: string;
  kind: 'organisation' | 'user';
  /** The organisation asks for single sign-on: classic tokens have to be authorised for it. */
  singleSignOn: boolean;
}

export interface GitHubPackageModel {
  name: string;
  version: string;
  visibility: 'public' | 'internal' | 'private';
  /** The repository that it is linked to, whose workflows and readers may read it. */
  repository: string | null;
  /** "Manage Actions access". */
  actionsAccess: readonly string[];
  /** Users that may read it. */
  readers: readonly string[];
  manifest: Readonly<Record<string, unknown>>;
  tarball: Buffer;
}

export type GitHubTokenModel =
  | {
      kind: 'workflow';
      value: string;
      repository: string;
      packages: 'none' | 'read' | 'write';
      fromFork: boolean;
      /** The job is over. */
      finished: boolean;
    }
  | { kind: 'app'; value: string }
  | { kind: 'fine-grained'; value: string; user: string }
  | {
      kind: 'classic';
      value: string;
      user: string;
      scopes: readonly string[];
      /** Organisations that it is authorised for. */
      authorised: readonly string[];
      revoked: boolean;
    };

import { packTarball } from '../tarball.ts';
import type {
  GitHubModel,
  GitHubPackageModel,
  GitHubSettings,
  GitHubTokenModel,
  OwnerModel,
} from './model.ts';

type TokenOf<Kind extends GitHubTokenModel['kind']> = Omit<
  Extract<GitHubTokenModel, { kind: Kind }>,
  'kind' | 'value'
>;

const defaults: GitHubSettings = {
  serverUrl: 'https://github.com',
  isolated: false,
  appAnswer: 401,
  scopeAnswer: 403,
  forkKeepsAccess: false,
  hides: false,
};

/** An empty GitHub to be furnished in a chain: `github().owner('acme').package('@acme/ui', '1.4.0')…`. Every step returns a new value. */
export function github(settings: Partial<GitHubSettings> = {}): GitHubBuilder {
  return new GitHubBuilder({
    settings: { ...defaults, ...settings },
    owners: [],
    tokens: [],
    packages: [],
  });
}

/** See `github`. Owners that are named come into being by themselves, as organisations without single sign-on. */
export class GitHubBuilder implements GitHubModel {
  readonly settings: GitHubSettings;
  readonly owners: readonly OwnerModel[];
  readonly tokens: readonly GitHubTokenModel[];
  readonly packages: readonly GitHubPackageModel[];

  constructor(model: GitHubModel) {
    this.settings = model.settings;
    this.owners = model.owners;
    this.tokens = model.tokens;
    this.packages = model.packages;
  }

  /** Changes settings. */
  set(settings: Partial<GitHubSettings>): GitHubBuilder {
    return this.with({ settings: { ...this.settings, ...settings } });
  }

  /** An owner; saying it again changes what is given. */
  owner(login: string, options: Partial<Omit<OwnerModel, 'login'>> = {}): GitHubBuilder {
    const known = this.owners.find((one) => one.login === login);
    const owner = { login, kind: 'organisation', singleSignOn: false, ...known, ...options } as const;
    return this.with({ owners: [...this.owners.filter((one) => one.login !== login), owner] });
  }

  /** A version of a package: private, linked to no repository and read by nobody, unless `options` says otherwise. */
  package(
    name: string,
    version: string,
    options: Partial<Omit<GitHubPackageModel, 'name' | 'version' | 'tarball'>> = {},
  ): GitHubBuilder {
    const login = name.slice(1, name.indexOf('/'));
    const manifest = { name, version, ...options.manifest };
    const one: GitHubPackageModel = {
      name,
      version,
      visibility: 'private',
      repository: null,
      actionsAccess: [],
      readers: [],
      ...options,
      manifest,
      tarball: packTarball(manifest),
    };
    return this.owner(login).with({ packages: [...this.packages, one] });
  }

  /** Takes a package away with all its versions. */
  without(name: string): GitHubBuilder {
    return this.with({ packages: this.packages.filter((one) => one.name !== name) });
  }

  /** "Manage Actions access" of a package: adds a repository. */
  letIn(name: string, repository: string): GitHubBuilder {
    return this.with({
      packages: this.packages.map((one) =>
        one.name === name ? { ...one, actionsAccess: [...one.actionsAccess, repository] } : one,
      ),
    });
  }

  /** "Manage access" of a package: adds a user. */
  reader(name: string, user: string): GitHubBuilder {
    return this.with({
      packages: this.packages.map((one) =>
        one.name === name ? { ...one, readers: [...one.readers, user] } : one,
      ),
    });
  }

  /** The token of a running workflow: with `packages: read`, not of a fork, unless `options` says otherwise. */
  workflowToken(
    value: string,
    options: Partial<TokenOf<'workflow'>> & { repository: string },
  ): GitHubBuilder {
    return this.token({
      kind: 'workflow',
      value,
      packages: 'read',
      fromFork: false,
      finished: false,
      ...options,
    });
  }

  /** A classic personal token: with `read:packages`, authorised nowhere, unless `options` says otherwise. */
  classicToken(value: string, options: Partial<TokenOf<'classic'>> & { user: string }): GitHubBuilder {
    return this.token({
      kind: 'classic',
      value,
      scopes: ['read:packages'],
      authorised: [],
      revoked: false,
      ...options,
    });
  }

  appToken(value: string): GitHubBuilder {
    return this.token({ kind: 'app', value });
  }

  fineGrainedToken(value: string, user: string): GitHubBuilder {
    return this.token({ kind: 'fine-grained', value, user });
  }

  private token(token: GitHubTokenModel): GitHubBuilder {
    return this.with({ tokens: [...this.tokens.filter(({ value }) => value !== token.value), token] });
  }

  private with(change: Partial<GitHubModel>): GitHubBuilder {
    return new GitHubBuilder({ ...this, ...change });
  }
}

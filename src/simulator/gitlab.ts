import type { RegistryAccess, Role, Visibility } from '../domain/access-state.ts';
import type {
  Allowlist,
  AllowlistEntry,
  GitLabModel,
  GitLabSettings,
  GroupModel,
  Membership,
  PackageModel,
  PackageProtection,
  Permission,
  ProjectModel,
  TagModel,
  TokenModel,
  UserModel,
} from './model.ts';
import { packTarball } from './tarball.ts';

/** What may be said of a project when it is laid down. `allowlist: 'off'` is "all groups and projects". */
export interface ProjectOptions {
  id?: number;
  visibility?: Visibility;
  registry?: RegistryAccess;
  repository?: 'off' | 'none';
  cicd?: boolean;
  allowlist?: 'on' | 'off';
  outbound?: 'off' | readonly string[];
  protections?: readonly PackageProtection[];
}

/** What may be said of a package version: parts of its package.json, dist-tags, a deprecation text, more files. */
export interface PackageOptions {
  dependencies?: Readonly<Record<string, string>>;
  manifest?: Readonly<Record<string, unknown>>;
  tags?: readonly string[];
  deprecated?: string;
  files?: Readonly<Record<string, string>>;
  tarball?: Buffer;
  /** Packages are newer by their number: the next one, unless said otherwise. */
  id?: number;
}

const defaults: GitLabSettings = {
  version: '18.5',
  forwarding: true,
  enforceAllowlist: false,
  variant: 'V1',
  guestsMayPull: false,
  anyoneMayPull: true,
  policies: [],
  relativeRoot: '',
  objectStorage: false,
};

/**
 * An empty GitLab to be furnished in a chain: `gitlab({ version: '18.4' }).user('alice').project('acme/lib', { id: 324 })…`.
 * Every step returns a new value, which is itself a `GitLabModel`. Defaults are those of a fresh self-managed server.
 */
export function gitlab(settings: Partial<GitLabSettings> = {}): GitLabBuilder {
  const empty = { groups: [], projects: [], users: [], memberships: [], tokens: [], packages: [], tags: [] };
  return new GitLabBuilder({ ...empty, settings: { ...defaults, ...settings } });
}

/** See `gitlab`. Groups above a project and users that are named come into being by themselves: groups that show as much as the project, as none may show less; ordinary users. */
export class GitLabBuilder implements GitLabModel {
  readonly settings: GitLabSettings;
  readonly groups: readonly GroupModel[];
  readonly projects: readonly ProjectModel[];
  readonly users: readonly UserModel[];
  readonly memberships: readonly Membership[];
  readonly tokens: readonly TokenModel[];
  readonly packages: readonly PackageModel[];
  readonly tags: readonly TagModel[];

  constructor(model: GitLabModel) {
    this.settings = model.settings;
    this.groups = model.groups;
    this.projects = model.projects;
    this.users = model.users;
    this.memberships = model.memberships;
    this.tokens = model.tokens;
    this.packages = model.packages;
    this.tags = model.tags;
  }

  /** Changes settings. */
  set(settings: Partial<GitLabSettings>): GitLabBuilder {
    return this.with({ settings: { ...this.settings, ...settings } });
  }

  /** A group by full path; saying it again changes what is given. */
  group(path: string, options: Partial<Omit<GroupModel, 'path'>> = {}): GitLabBuilder {
    const known = this.groups.find((group) => group.path === path);
    const fresh: GroupModel = { id: nextId(this.groups, 10), path, visibility: 'private', forwarding: null };
    const above = this.groupsAbove(path);
    return above.with({
      groups: replaced(above.groups, known, {
        ...(known ?? { ...fresh, id: nextId(above.groups, 10) }),
        ...options,
      }),
    });
  }

  /** A user by login. */
  user(login: string, options: Partial<Omit<UserModel, 'login'>> = {}): GitLabBuilder {
    const known = this.users.find((user) => user.login === login);
    return this.with({
      users: replaced(this.users, known, { login, external: false, ...known, ...options }),
    });
  }

  /** A project by full path (below a user's login when that user was named before): private, registry for everyone with access, allowlist on and empty, unless said otherwise. */
  project(path: string, options: ProjectOptions = {}): GitLabBuilder {
    const known = this.projects.find((project) => project.path === path);
    const fresh: ProjectModel = known ?? {
      id: nextId(this.projects, 101),
      path,
      visibility: 'private',
      registry: 'enabled',
      cicd: true,
      allowlist: { enabled: true, entries: [] },
      outbound: 'off',
      protections: [],
    };
    const { allowlist, ...rest } = options;
    const list: Allowlist = { ...fresh.allowlist, ...(allowlist && { enabled: allowlist === 'on' }) };
    const above = this.groupsAbove(path, known ? known.visibility : (options.visibility ?? 'private'));
    return above.with({ projects: replaced(above.projects, known, { ...fresh, ...rest, allowlist: list }) });
  }

  /** A role of a user in a group or project, by full path. A later one for the same place replaces it. */
  member(user: string, role: Role, place: string): GitLabBuilder {
    const others = this.memberships.filter((one) => one.user !== user || one.in !== place);
    return this.named(user).with({ memberships: [...others, { user, role, in: place }] });
  }

  /**
   * An entry on the allowlist of `project`: the consumer project or a group above it. `permissions` left out: default permissions.
   * Whether the path is a group or a project is seen from the model, so lay the consumer down first.
   */
  allow(
    project: string,
    consumer: string,
    permissions: 'default' | readonly Permission[] = 'default',
  ): GitLabBuilder {
    const kind = this.projects.some((one) => one.path === consumer) ? 'project' : 'group';
    const entry: AllowlistEntry = { kind, path: consumer, permissions };
    return this.with({
      projects: this.projects.map((one) =>
        one.path === project
          ? {
              ...one,
              allowlist: {
                ...one.allowlist,
                entries: [...one.allowlist.entries.filter((old) => old.path !== consumer), entry],
              },
            }
          : one,
      ),
    });
  }

  /** The token of a job of `project` that runs as `user`. `value` is the token itself. */
  jobToken(
    value: string,
    job: { project: string; user: string; status?: 'running' | 'finished' },
  ): GitLabBuilder {
    const others = this.tokens.filter((token) => token.value !== value);
    return this.named(job.user).with({
      tokens: [...others, { kind: 'job', value, status: 'running', ...job }],
    });
  }

  /** A personal, project, group or OAuth token of a user. Scopes: `api` unless given. */
  personalToken(value: string, token: { user: string; scopes?: readonly string[] }): GitLabBuilder {
    const others = this.tokens.filter((one) => one.value !== value);
    return this.named(token.user).with({
      tokens: [...others, { kind: 'personal', value, scopes: ['api'], ...token }],
    });
  }

  /** A deploy token of a project, or of a group by its path. Scopes: reading and writing packages unless given. */
  deployToken(value: string, token: { project: string; scopes?: readonly string[] }): GitLabBuilder {
    const others = this.tokens.filter((one) => one.value !== value);
    const scopes = ['read_package_registry', 'write_package_registry'];
    return this.with({ tokens: [...others, { kind: 'deploy', value, scopes, ...token }] });
  }

  /** A published version of a package in a project, with a real tarball. */
  package(project: string, name: string, version: string, options: PackageOptions = {}): GitLabBuilder {
    const { dependencies } = options;
    const manifest = {
      name,
      version,
      main: 'index.js',
      ...(dependencies && { dependencies }),
      ...options.manifest,
    };
    const files = {
      'index.js': `module.exports = ${JSON.stringify(`${name}@${version}`)};\n`,
      ...options.files,
    };
    const published: PackageModel = {
      id: options.id ?? nextId(this.packages, 1),
      project,
      name,
      version,
      manifest,
      deprecated: options.deprecated ?? null,
      tarball: options.tarball ?? packTarball(manifest, files),
    };
    const tags = (options.tags ?? []).map((tag): TagModel => ({ project, name, tag, version }));
    return this.with({ packages: [...this.packages, published], tags: [...this.tags, ...tags] });
  }

  private named(login: string): GitLabBuilder {
    return this.users.some((user) => user.login === login) ? this : this.user(login);
  }

  private groupsAbove(path: string, visibility: Visibility = 'private'): GitLabBuilder {
    const segments = path.split('/').slice(0, -1);
    if (segments.length === 1 && this.users.some((user) => user.login === segments[0])) return this;
    const missing = segments
      .map((_, index) => segments.slice(0, index + 1).join('/'))
      .filter((above) => !this.groups.some((group) => group.path === above));
    const first = nextId(this.groups, 10);
    const groups = missing.map(
      (above, index): GroupModel => ({
        id: first + index,
        path: above,
        visibility,
        forwarding: null,
      }),
    );
    return groups.length === 0 ? this : this.with({ groups: [...this.groups, ...groups] });
  }

  private with(part: Partial<GitLabModel>): GitLabBuilder {
    return new GitLabBuilder({ ...this, ...part });
  }
}

function replaced<T>(list: readonly T[], old: T | undefined, fresh: T): readonly T[] {
  return old === undefined ? [...list, fresh] : list.map((one) => (one === old ? fresh : one));
}

function nextId(list: readonly { id: number }[], first: number): number {
  return list.reduce((highest, one) => Math.max(highest, one.id), first - 1) + 1;
}

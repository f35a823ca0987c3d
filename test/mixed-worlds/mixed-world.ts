import type { RegistryAccess, Role, Visibility } from '../../src/domain/access-state.ts';
import type { ClientName } from '../../src/domain/client.ts';

/**
 * A job that installs several private packages of several projects, as plain data. Projects, packages and tokens are referred to by their
 * place in these lists; what the model's truth mends is a field here.
 */
export interface MixedWorld {
  client: { name: ClientName; version: string };
  /** The job's own GitLab first; a partner's may follow. */
  servers: readonly MixedServer[];
  projects: readonly MixedProject[];
  /** The projects on the consumer's own list where it limits its token, by place; `off` where it does not. */
  outbound: 'off' | readonly number[];
  tokens: readonly MixedToken[];
  lines: readonly MixedLine[];
  keys: readonly MixedKey[];
  packages: readonly MixedPackage[];
  dependencies: readonly MixedDependency[];
  locked: boolean;
  /** The input `scopes` names every scope; else the step finds them by itself. */
  scopesGiven: boolean;
  /** What npm 12 and Yarn 4 need beside: `allow-remote`, `npmPreapprovedPackages`. */
  extras: boolean;
}

export interface MixedServer {
  url: string;
  version: string;
  variant: 'V1' | 'V2';
  forwarding: boolean;
  policies: boolean;
  guestsMayPull: boolean;
  enforced: boolean;
}

export type MixedUser = 'alice' | 'bob' | 'group_bot';

export interface MixedProject {
  server: number;
  id: number;
  path: string;
  exists: boolean;
  visibility: Visibility;
  registry: RegistryAccess;
  /** Whether there is a repository: it may be switched off, or never have been made. */
  repository: 'there' | 'off' | 'none';
  allowlist: 'off' | 'none' | 'wrong-direction' | 'project' | 'group' | 'without-permission';
  roles: Readonly<Record<MixedUser, Role>>;
}

/** A token in a variable of the job. `set: false`: the variable is empty. `everywhere`: it was replaced by one that may read all. */
export interface MixedToken {
  variable: string;
  value: string;
  server: number;
  kind: 'job' | 'personal' | 'deploy';
  user: MixedUser;
  /** The project of a deploy token, by place. */
  project: number;
  alive: boolean;
  narrow: boolean;
  set: boolean;
  everywhere: boolean;
}

export interface MixedLine {
  scope: string;
  server: number;
  to: { kind: 'instance' } | { kind: 'group'; group: string } | { kind: 'project'; project: number };
  there: boolean;
}

/**
 * A credential of the configuration: for a place of a server (`/api/v4/…/`), or for a scope where the client keeps it there. `literal` is a
 * token of a job long gone; `other-host` the same key for a host that nobody asks.
 */
export interface MixedKey {
  server: number;
  at: string;
  token: number;
  state: 'there' | 'missing' | 'other-host' | 'literal';
}

export interface MixedPackage {
  scope: string;
  base: string;
  /** The project that publishes it, or should; and the version that is wanted of it. */
  home: number;
  wanted: string;
  /** In the order of publishing. `gone`: the metadata has it, its file is away. */
  versions: readonly { version: string; project: number; gone: boolean; deprecated: boolean }[];
  /** The tag `next`: the version that it is given to, `null` where nothing has it. */
  next: string | null;
  needs: readonly MixedNeed[];
  /** Mended by a scope of its own that is mapped to the project that holds it. */
  moved: boolean;
}

export interface MixedNeed {
  package: number;
  range: string;
  how: 'prod' | 'optional' | 'bundled';
}

/** What a manifest asks for. `folder` is empty for the root. */
export interface MixedDependency {
  package: number;
  range: string;
  kind: 'prod' | 'dev' | 'optional' | 'peer';
  alias: string | null;
  folder: '' | 'packages/web';
  /** The version that the range means. */
  version: string;
  /** What the lockfile says, where there is one: `null` for an entry that it lacks. */
  lock: { project: number; host: 'own' | 'other' } | null;
}

export const otherHost = 'https://gitlab-before.example.com';
export const literalToken = 'glcbt-64_token-of-a-job-long-gone';

/** The name by which a package is asked for. */
export function nameOf(world: MixedWorld, index: number): string {
  const found = at(world.packages, index);
  return found.moved ? `@moved-${index}/${found.base}` : `${found.scope}/${found.base}`;
}

export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
}

/** The list with one of its members changed. */
export function changed<T>(list: readonly T[], index: number, part: Partial<T>): readonly T[] {
  return list.map((one, place) => (place === index ? { ...one, ...part } : one));
}

/** The project that holds a version of a package (left out: the wanted one), else its home, by place. */
export function holderOf({ packages }: MixedWorld, index: number, asked?: string): number {
  const { versions, wanted, home } = at(packages, index);
  return versions.findLast(({ version }) => version === (asked ?? wanted))?.project ?? home;
}

/** The lines of the configuration, those of moved packages included. */
export function allLines(world: MixedWorld): readonly MixedLine[] {
  const moved = world.packages.flatMap(({ moved }, index): readonly MixedLine[] => {
    if (!moved) return [];
    const project = holderOf(world, index);
    return [
      {
        scope: `@moved-${index}`,
        server: at(world.projects, project).server,
        to: { kind: 'project', project },
        there: true,
      },
    ];
  });
  return [...world.lines, ...moved];
}

/** The path of a line's registry below its server's origin. */
export function registryPath(world: MixedWorld, { to }: Pick<MixedLine, 'to'>): string {
  switch (to.kind) {
    case 'instance':
      return '/api/v4/packages/npm/';
    case 'group':
      return `/api/v4/groups/${to.group}/-/packages/npm/`;
    case 'project':
      return `/api/v4/projects/${at(world.projects, to.project).id}/packages/npm/`;
  }
}

export function registryUrl(world: MixedWorld, line: MixedLine): string {
  return `${at(world.servers, line.server).url}${registryPath(world, line)}`;
}

export function tarballUrl(world: MixedWorld, index: number, version: string, project: number): string {
  const { server, id } = at(world.projects, project);
  const name = nameOf(world, index);
  return `${at(world.servers, server).url}/api/v4/projects/${id}/packages/npm/${name}/-/${name}-${version}.tgz`;
}

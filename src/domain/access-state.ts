import type { ReadSettings } from './read-settings.ts';

/**
 * Everything that GitLab's decision about one package project rests on, seen from one token.
 * The simulator derives it from its model; the diagnosis enumerates it and keeps the states that explain every answer.
 */
export interface AccessState {
  /** Major and minor version of the server. */
  version: readonly [number, number];
  /** The credential sent: a running or finished/unknown job token, a personal (or OAuth) token, a deploy token, none. */
  token: 'running' | 'dead' | 'personal' | 'deploy' | 'none';
  /** The package project exists. */
  exists: boolean;
  /** The package project is the job's own. */
  ownProject: boolean;
  visibility: Visibility;
  registry: RegistryAccess;
  role: Role;
  /** The user is external: counts as a stranger on internal projects. */
  external: boolean;
  /**
   * What the package project's allowlist says of the consumer. `off`: not in force (all groups and projects).
   * The last two are nearest entries with fine-grained permissions, without and with the permission that the request needs.
   */
  allowlist: 'off' | 'no-entry' | 'default-permissions' | 'permission-missing' | 'permission-granted';
  /** The consumer's own outbound list is on and does not name the package project (up to 17.x). */
  outboundLimited: boolean;
  /** Fine-grained policies apply to this project on this server. */
  policies: boolean;
  /** Feature-flag variant of the metadata routes: V1 looks the newest package's project up, V2 lists what the user may pull. */
  variant: 'V1' | 'V2';
  /** Guests and planners may pull (flag `allow_guest_plus_roles_to_pull_packages`). */
  guestsMayPull: boolean;
  /** Instance option that lets registries be opened to anyone. */
  anyoneMayPull: boolean;
  /** What this project holds under the asked name. `no-file`: the version, whose file was deleted or never stored. */
  holds: 'version' | 'no-file' | 'other-versions' | 'nothing';
  /** The package's scope is the root namespace of the project. */
  rootScope: boolean;
  /** The project lies below the group of a group prefix. Left out: it does. */
  belowGroup?: boolean;
  /** The group of a group prefix can be seen by the user. */
  groupVisible: boolean;
  /** Requests for absent packages are forwarded to the public npm registry. */
  forwarding: boolean;
  /** What the scopes of a personal or deploy token let it do with packages. Left out: `write`. */
  tokenReach?: 'write' | 'read' | 'none';
  /** The deploy token is one of another project or group, which says nothing here. Left out: it is this project's, or of a group above it. */
  tokenElsewhere?: boolean;
  /**
   * A public or internal project whose registry is disabled or for members only can still be read by a job token without entry.
   * Releases differ and the change's version is not known. Left out: from 18.0 on.
   */
  strangersReadProject?: boolean;
  /**
   * A registry that is open to anyone is open to a job token without entry too, at the project prefix of a project that it may not read. The specs
   * say no where the server's option is off, and nothing where it is on. Left out: no.
   */
  strangersPullOpen?: boolean;
  /** A members-only registry of a project that all may read binds job tokens alone. GitLab's policies say so, and no spec. Left out: it binds everybody. */
  membersOnlyForJobs?: boolean;
  /** The consumer's outbound list does not hold it back from internal projects. Left out: it does. */
  outboundSparesInternal?: boolean;
  /** The project's repository is switched off, or was never made. Left out: it is there for whoever may read the code. */
  repository?: 'off' | 'none';
}

/** Why GitLab lets an account make no request at all, whatever its roles. */
export type AccountDenial =
  | 'internal'
  | 'pending-approval'
  | 'terms'
  | 'deactivated'
  | 'unconfirmed'
  | 'password-expired'
  | 'blocked';

/** What releases differ in, or no source settles: each value has to be reckoned with. */
export type UnknownBehaviour =
  | 'strangersReadProject'
  | 'strangersPullOpen'
  | 'membersOnlyForJobs'
  | 'outboundSparesInternal';

export type Visibility = 'public' | 'internal' | 'private';
/** `private`: only project members; `enabled`: everyone with access; `public`: anyone may pull. */
export type RegistryAccess = 'disabled' | 'private' | 'enabled' | 'public';
export type Role = 'none' | 'guest' | 'planner' | 'reporter' | 'developer' | 'maintainer' | 'owner';

/** A request to GitLab, as far as its decision goes. */
export type AccessRequest =
  | { route: 'metadata'; prefix: 'instance' | 'group' | 'project' }
  | { route: 'tarball' }
  | { route: 'dist-tags'; prefix: 'instance' | 'group' | 'project'; write: 'none' | 'put' | 'delete' }
  | { route: 'audit'; prefix: 'instance' | 'group' | 'project' }
  | { route: 'upload'; deprecate: boolean }
  | { route: 'packages-api'; delete?: boolean }
  | { route: 'git' }
  | { route: 'settings'; write?: boolean }
  | { route: 'job' };

/**
 * GitLab's answer. `message` is the literal text in the body (`null` for success); `A` and `B` in it stand for the last path
 * segments of consumer and package project. `to` is set on redirects.
 */
export interface AccessAnswer {
  status: number;
  message: string | null;
  to: 'public-registry' | null;
}

/**
 * What can stand between a token and a package on GitLab: the slugs of the causes of that layer, and `credential-uncovered`: no key covers
 * a request of the install that nobody may make without a token.
 */
export type AccessFault =
  | 'credential-uncovered'
  | 'token-rejected'
  | 'token-scope-missing'
  | 'not-on-allowlist'
  | 'fine-grained-permission-missing'
  | 'role-missing'
  | 'registry-restricted'
  | 'project-not-found'
  | 'outbound-limit'
  | 'package-not-found'
  | 'version-not-found'
  | 'scope-is-not-root-namespace';

/**
 * What the answers leave possible. A fault is `always` there when it blocks the install in every state that explains the answers,
 * `sometimes` when in some, `beside` when only together with others that explain the answers without it.
 * `states` counts the states; none at all means that the answers fit nothing known. `settings` is what a Maintainer's token read. `doubtful`: the words of
 * the refusal are not the server's own for all that is known, so that something in front of it may have refused. `withoutFile`: the project lists the version,
 * and its file is not there. `holdsNothing`: in every state the project is not there or has no such package. `denied`: the refusal is about the account behind the token, and says nothing of the package. `unusual`: the faults that only
 * the states of an external user have, where others explain the answers without them.
 */
export interface AccessFindings {
  states: number;
  faults: Readonly<Record<AccessFault, 'always' | 'sometimes' | 'beside' | 'never'>>;
  settings?: ReadSettings;
  doubtful?: true;
  withoutFile?: true;
  holdsNothing?: true;
  denied?: AccountDenial;
  unusual?: readonly AccessFault[];
}

import type { AccessState, UnknownBehaviour } from '../../domain/access-state.ts';
import { atLeast } from '../../domain/server-version.ts';

/** What is known of the state before any answer. `null` means that every value is possible. */
export interface KnownState {
  version: readonly [number, number] | null;
  tokens: readonly AccessState['token'][];
  ownProject: boolean | null;
  rootScope: boolean | null;
  /** The project lies below the group that is asked. */
  belowGroup: boolean | null;
  /** The group route is part of what is asked. */
  asksGroup: boolean;
  /** The project is addressed by id or path somewhere, so it may not exist. */
  addressesProject: boolean;
}

const either = [true, false] as const;

/** One version on each side of every change in GitLab's decision (GitLab model, section 6). */
const versionEras: readonly (readonly [number, number])[] = [
  [16, 0],
  [17, 3],
  [17, 9],
  [17, 11],
  [18, 2],
  [19, 0],
];

/** Every state that makes a difference, given what is known. States that differ only where GitLab does not look appear once. */
export function* accessStates(known: KnownState): Generator<AccessState> {
  for (const version of known.version ? [known.version] : versionEras) {
    for (const token of known.tokens) {
      for (const base of settings(version, known)) {
        yield* projects({ ...base, version, token }, known);
      }
    }
  }
}

type ServerSettings = Pick<
  AccessState,
  'policies' | 'variant' | 'forwarding' | 'groupVisible' | 'guestsMayPull'
>;

function* settings(version: readonly [number, number], known: KnownState): Generator<ServerSettings> {
  const policies = atLeast(version, 18, 3) ? [true] : atLeast(version, 17, 10) ? either : [false];
  for (const policy of policies) {
    for (const variant of ['V1', 'V2'] as const) {
      for (const forwarding of either) {
        for (const groupVisible of known.asksGroup ? either : [true]) {
          for (const guestsMayPull of atLeast(version, 17, 9) ? either : [false]) {
            yield { policies: policy, variant, forwarding, groupVisible, guestsMayPull };
          }
        }
      }
    }
  }
}

type Server = ServerSettings & Pick<AccessState, 'version' | 'token'>;

function* projects(server: Server, known: KnownState): Generator<AccessState> {
  const open = {
    visibility: 'private',
    registry: 'enabled',
    role: 'owner',
    external: false,
    allowlist: 'off',
    outboundLimited: false,
    anyoneMayPull: true,
    rootScope: known.rootScope ?? true,
    ownProject: known.ownProject ?? false,
  } as const;
  if (known.addressesProject) {
    yield { ...server, ...open, exists: false, holds: 'nothing' };
    yield { ...server, ...open, visibility: 'public', exists: false, holds: 'nothing' };
  }
  const { version, token, policies, variant, forwarding, groupVisible, guestsMayPull } = server;
  for (const ownProject of known.ownProject === null ? either : [known.ownProject]) {
    const rights = guestsMayPull ? rightsOf(server, ownProject).guests : rightsOf(server, ownProject).all;
    for (const rootScope of known.rootScope === null ? either : [known.rootScope]) {
      for (const holds of ['version', 'other-versions', 'nothing'] as const) {
        // what nobody holds is below no group
        for (const belowGroup of known.belowGroup === null && holds !== 'nothing'
          ? either
          : [known.belowGroup ?? true]) {
          if (!forwarding && holds !== 'nothing' && rootScope && belowGroup) continue;
          for (const access of rights) {
            // every field by name: a spread here takes ten times as long
            yield {
              visibility: access.visibility,
              registry: access.registry,
              role: access.role,
              external: access.external,
              allowlist: access.allowlist,
              outboundLimited: access.outboundLimited,
              anyoneMayPull: access.anyoneMayPull,
              tokenReach: access.tokenReach,
              tokenElsewhere: access.tokenElsewhere,
              strangersReadProject: access.strangersReadProject,
              strangersPullOpen: access.strangersPullOpen,
              membersOnlyForJobs: access.membersOnlyForJobs,
              outboundSparesInternal: access.outboundSparesInternal,
              version,
              token,
              policies,
              variant,
              forwarding,
              groupVisible,
              guestsMayPull,
              exists: true,
              ownProject,
              rootScope,
              belowGroup,
              holds,
            };
          }
        }
      }
    }
  }
}

type AccessRights = Pick<
  Required<AccessState>,
  | 'visibility'
  | 'registry'
  | 'role'
  | 'external'
  | 'allowlist'
  | 'outboundLimited'
  | 'anyoneMayPull'
  | 'tokenReach'
  | 'tokenElsewhere'
  | UnknownBehaviour
>;

interface KnownRights {
  all: readonly AccessRights[];
  /** Those of a guest. */
  guests: readonly AccessRights[];
}

const rightsByServer = new Map<string, KnownRights>();

/** Every combination of rights, reckoned once for servers and tokens that look at the same. */
function rightsOf(server: Server, ownProject: boolean): KnownRights {
  const { version, token, policies } = server;
  const key = [...version, token, policies, ownProject].join(' ');
  const known = rightsByServer.get(key);
  if (known) return known;
  const all = [...accessRights(server, ownProject)];
  const found = { all, guests: all.filter(({ role }) => role === 'guest') };
  if (rightsByServer.size >= mostServers) rightsByServer.clear();
  rightsByServer.set(key, found);
  return found;
}

const mostServers = 100;

/** The settings of the project and what the token's user and the lists say of it; a dimension is only spread where GitLab looks at it. */
function* accessRights(server: Server, ownProject: boolean): Generator<AccessRights> {
  const listed = server.token === 'running' && !ownProject;
  const reaches = reachesOf(server.token);
  for (const visibility of ['private', 'internal', 'public'] as const) {
    for (const registry of ['enabled', 'private', 'disabled', 'public'] as const) {
      for (const role of server.token === 'deploy'
        ? (['reporter'] as const)
        : (['none', 'guest', 'reporter'] as const)) {
        for (const allowlist of listed ? allowlists(server) : (['off'] as const)) {
          for (const external of visibility === 'internal' ? either : [false]) {
            for (const outboundLimited of listed && !atLeast(server.version, 18, 0) ? either : [false]) {
              for (const anyoneMayPull of registry === 'public' ? either : [true]) {
                const rights = { visibility, registry, role, external, allowlist, outboundLimited };
                for (const unknown of unknownBehaviours(server, { ...rights, anyoneMayPull }, listed)) {
                  for (const { tokenReach, tokenElsewhere } of reaches) {
                    yield {
                      visibility,
                      registry,
                      role,
                      external,
                      allowlist,
                      outboundLimited,
                      anyoneMayPull,
                      tokenReach,
                      tokenElsewhere,
                      strangersReadProject: unknown.strangersReadProject,
                      strangersPullOpen: unknown.strangersPullOpen,
                      membersOnlyForJobs: unknown.membersOnlyForJobs,
                      outboundSparesInternal: unknown.outboundSparesInternal,
                    };
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

type Rights = Omit<AccessRights, keyof Reach | UnknownBehaviour>;

/** Both values of what no source settles, where it makes a difference to some request, and else what is taken where it is left out. `listed`: the job's token asks another project than its own. */
function unknownBehaviours(
  { version }: Server,
  { visibility, registry, allowlist, outboundLimited, anyoneMayPull, external }: Rights,
  listed: boolean,
): readonly Record<UnknownBehaviour, boolean>[] {
  const isStranger = listed && (allowlist === 'no-entry' || outboundLimited);
  const isOpen = registry === 'enabled' || registry === 'public';
  const matters: Record<UnknownBehaviour, boolean> = {
    strangersReadProject: isStranger && visibility !== 'private' && !isOpen && !atLeast(version, 18, 0),
    strangersPullOpen:
      isStranger &&
      registry === 'public' &&
      anyoneMayPull &&
      (visibility === 'private' || (visibility === 'internal' && external)),
    membersOnlyForJobs: visibility !== 'private' && registry === 'private',
    outboundSparesInternal: listed && outboundLimited && visibility === 'internal',
  };
  let spread: readonly Record<UnknownBehaviour, boolean>[] = [
    {
      strangersReadProject: atLeast(version, 18, 0),
      strangersPullOpen: false,
      membersOnlyForJobs: false,
      outboundSparesInternal: false,
    },
  ];
  for (const behaviour of unknowns) {
    if (matters[behaviour])
      spread = spread.flatMap((one) => either.map((value) => ({ ...one, [behaviour]: value })));
  }
  return spread;
}

const unknowns: readonly UnknownBehaviour[] = [
  'strangersReadProject',
  'strangersPullOpen',
  'membersOnlyForJobs',
  'outboundSparesInternal',
];

type Reach = Required<Pick<AccessState, 'tokenReach' | 'tokenElsewhere'>>;

/** What a token may do by its scopes; a deploy token of another place may do nothing, whatever they are. */
function reachesOf(token: AccessState['token']): readonly Reach[] {
  const all: Reach = { tokenReach: 'write', tokenElsewhere: false };
  const none: Reach = { tokenReach: 'none', tokenElsewhere: false };
  switch (token) {
    case 'personal':
      return [all, none];
    case 'deploy':
      return [all, none, { tokenReach: 'write', tokenElsewhere: true }];
    default:
      return [all];
  }
}

/** Before 15.9 no project kept such a list (GitLab model, section 6). */
function allowlists(server: Server): readonly AccessState['allowlist'][] {
  if (!atLeast(server.version, 15, 9)) return ['off'];
  return server.policies
    ? ['no-entry', 'default-permissions', 'permission-missing', 'permission-granted', 'off']
    : ['no-entry', 'default-permissions', 'off'];
}

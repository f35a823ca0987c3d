import type { AccessState, UnknownBehaviour } from '../../domain/access-state.ts';
import { atLeast } from '../../domain/server-version.ts';

const either = [true, false] as const;

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

/** What rights rest on: the server's version and policies, and the kind of token. */
export type RightsServer = Pick<AccessState, 'version' | 'token' | 'policies'>;

/** Every combination of rights, reckoned once for servers and tokens that look at the same. */
export function rightsOf(server: RightsServer, ownProject: boolean): KnownRights {
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
function* accessRights(server: RightsServer, ownProject: boolean): Generator<AccessRights> {
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
  { version }: RightsServer,
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
function allowlists(server: RightsServer): readonly AccessState['allowlist'][] {
  if (!atLeast(server.version, 15, 9)) return ['off'];
  return server.policies
    ? ['no-entry', 'default-permissions', 'permission-missing', 'permission-granted', 'off']
    : ['no-entry', 'default-permissions', 'off'];
}

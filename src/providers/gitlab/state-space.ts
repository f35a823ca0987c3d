import type { AccessState } from '../../domain/access-state.ts';
import { atLeast } from '../../domain/server-version.ts';
import { type RightsServer, rightsOf } from './access-rights.ts';

/** What is known of the state before any answer. `null` means that every value is possible. */
export interface KnownState {
  version: readonly [number, number] | null;
  tokens: readonly AccessState['token'][];
  ownProject: boolean | null;
  rootScope: boolean | null;
  /** The project lies below the group that is asked. */
  belowGroup: boolean | null;
  /** How the server lists packages at instance and group prefixes, where an answer told. */
  variant: AccessState['variant'] | null;
  /** The group route is part of what is asked. */
  asksGroup: boolean;
  /** The project is addressed by id or path somewhere, so it may not exist. */
  addressesProject: boolean;
}

const either = [true, false] as const;
const variants = ['V1', 'V2'] as const;

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
    for (const variant of known.variant === null ? variants : [known.variant]) {
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

type Server = ServerSettings & RightsServer;

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

import type { AccessFault, AccessFindings, AccessRequest, AccessState } from '../../domain/access-state.ts';
import { judge } from './access-rules.ts';

/** A request of the install. `bare`: the client sends no credential with it. */
export type InstallRequest = AccessRequest & { bare?: boolean };

/** What mends each fault of a state, where it is there at all. */
const mendings: Readonly<
  Record<Exclude<AccessFault, 'credential-uncovered'>, (state: AccessState) => Partial<AccessState> | null>
> = {
  'token-rejected': ({ token }) => (token === 'dead' ? { token: 'running' } : null),
  'token-scope-missing': ({ tokenReach }) => (tokenReach === 'none' ? { tokenReach: 'write' } : null),
  'not-on-allowlist': ({ allowlist }) =>
    allowlist === 'no-entry' ? { allowlist: 'default-permissions' } : null,
  'fine-grained-permission-missing': ({ allowlist }) =>
    allowlist === 'permission-missing' ? { allowlist: 'permission-granted' } : null,
  // whoever has a role in a project, or a deploy token of it, sees the groups above it
  'role-missing': ({ role, tokenElsewhere, groupVisible }) => {
    if (tokenElsewhere) return { tokenElsewhere: false, groupVisible: true };
    const lacks = role === 'none' || role === 'guest' || role === 'planner';
    return lacks || !groupVisible ? { role: 'reporter', groupVisible: true } : null;
  },
  'registry-restricted': ({ registry }) =>
    registry === 'disabled' || registry === 'private' ? { registry: 'enabled' } : null,
  'project-not-found': ({ exists }) => (exists ? null : { exists: true, holds: 'version' }),
  'outbound-limit': ({ outboundLimited }) => (outboundLimited ? { outboundLimited: false } : null),
  // the package is nowhere, or not below the group that is asked, so that another prefix serves it, which shows its project
  'package-not-found': ({ exists, holds, belowGroup }) => {
    if (!exists) return null;
    if (belowGroup === false)
      return { holds: holds === 'nothing' ? 'version' : holds, belowGroup: true, groupVisible: true };
    return holds === 'nothing' ? { holds: 'version' } : null;
  },
  'version-not-found': ({ holds }) =>
    holds === 'other-versions' || holds === 'no-file' ? { holds: 'version' } : null,
  'scope-is-not-root-namespace': ({ rootScope }) => (rootScope ? null : { rootScope: true }),
};

const stateFaults = Object.keys(mendings) as readonly (keyof typeof mendings)[];
const faultNames: readonly AccessFault[] = ['credential-uncovered', ...stateFaults];

/** Whether an install that makes these requests gets through. `forNobody` is what differs for the requests without a credential. */
export function installWorks(
  state: AccessState,
  requests: readonly InstallRequest[],
  forNobody: Partial<AccessState> = {},
): boolean {
  if (requests.some((request) => request.route === 'tarball') && (!state.exists || state.holds !== 'version'))
    return false;
  return requests.every(
    (request) =>
      judge(request.bare ? { ...state, ...forNobody, token: 'none' } : state, request).status === 200,
  );
}

/**
 * The faults of one state: those that some smallest set of mendings contains. Most are in every such set (nothing works while they
 * last); where two mendings are alternatives, as on a public project with a members-only registry, both count.
 */
export function faultsOf(state: AccessState, requests: readonly InstallRequest[]): readonly AccessFault[] {
  const there = faultNames.filter((fault) =>
    fault === 'credential-uncovered' ? requests.some(({ bare }) => bare) : mendings[fault](state) !== null,
  );
  const works = (mended: readonly AccessFault[]) =>
    installWorks(
      Object.assign(
        {},
        state,
        ...mended.map((fault) => (fault === 'credential-uncovered' ? {} : mendings[fault](state))),
      ),
      requests.map((request) => mendedRequest(request, mended)),
      // a role shows a group to the one who has it
      mended.includes('package-not-found') ? {} : { groupVisible: state.groupVisible },
    );
  if (works([])) return [];
  // a credential can take away what is open to whoever sends none: nothing is needed that only it asks for
  const isNeeded = (fault: AccessFault) => {
    const rest = there.filter((other) => other !== fault);
    return !works(rest) && !works(rest.filter((other) => other !== 'credential-uncovered'));
  };
  const needed = there.filter(isNeeded);
  if (works(needed)) return needed;
  const optional = there.filter((fault) => !needed.includes(fault));
  const sets = subsetsBySize(optional);
  const smallest: (readonly AccessFault[])[] = [];
  for (const set of sets) {
    if (smallest.some((found) => found.every((fault) => set.includes(fault)))) continue;
    if (works([...needed, ...set])) smallest.push(set);
  }
  return [...needed, ...new Set(smallest.flat())];
}

/** A scope that the instance prefix can't serve is mapped to the prefix of the package's project. */
function mendedRequest(request: InstallRequest, mended: readonly AccessFault[]): InstallRequest {
  const bare = mended.includes('credential-uncovered') ? { bare: false } : {};
  const isMoved =
    mended.includes('scope-is-not-root-namespace') &&
    request.route === 'metadata' &&
    request.prefix === 'instance';
  return { ...request, ...bare, ...(isMoved && { prefix: 'project' as const }) } as InstallRequest;
}

/** The findings where one fault alone, and nothing else, explains what was seen. */
export function loneFault(fault: AccessFault): AccessFindings {
  const faults = Object.fromEntries(faultNames.map((one) => [one, one === fault ? 'always' : 'never']));
  return { states: 1, faults: faults as AccessFindings['faults'] };
}

/** What a set of states has in common. A set of faults that contains the whole set of another state adds nothing new to explain. */
export function summariseFaults(
  states: readonly AccessState[],
  requests: readonly InstallRequest[],
): AccessFindings {
  const sets = new Map<string, { faults: readonly AccessFault[]; isUsual: boolean }>();
  for (const state of states) {
    const faults = faultsOf(state, requests);
    const key = [...faults].sort().join(' ');
    const isUsual = !state.external || sets.get(key)?.isUsual === true;
    sets.set(key, { faults, isUsual });
  }
  const all = [...sets.values()];
  const smallest = all.filter(
    ({ faults }) =>
      !all.some(
        (other) =>
          other.faults.length < faults.length && other.faults.every((fault) => faults.includes(fault)),
      ),
  );
  const faults = Object.fromEntries(
    faultNames.map((fault): [AccessFault, AccessFindings['faults'][AccessFault]] => {
      const having = all.filter((set) => set.faults.includes(fault));
      if (having.length === 0) return [fault, 'never'];
      if (having.length === all.length) return [fault, 'always'];
      return [fault, smallest.some((set) => set.faults.includes(fault)) ? 'sometimes' : 'beside'];
    }),
  ) as AccessFindings['faults'];
  const usual = all.filter(({ isUsual }) => isUsual);
  const unusual = faultNames.filter(
    (fault) => faults[fault] === 'sometimes' && !usual.some((set) => set.faults.includes(fault)),
  );
  const holdsNothing =
    states.length > 0 && states.every(({ exists, holds }) => !exists || holds === 'nothing');
  return {
    states: states.length,
    faults,
    ...(holdsNothing && { holdsNothing }),
    ...(usual.length > 0 && unusual.length > 0 && { unusual }),
  };
}

function subsetsBySize(faults: readonly AccessFault[]): readonly (readonly AccessFault[])[] {
  const all: (readonly AccessFault[])[] = [];
  for (let bits = 1; bits < 1 << faults.length; bits++)
    all.push(faults.filter((_, index) => bits & (1 << index)));
  return all.sort((a, b) => a.length - b.length);
}

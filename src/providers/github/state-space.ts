import type { GitHubState } from './access-rules.ts';

/** What is known of the state before the answers are looked at. `null` means unknown. */
export interface KnownGitHubState {
  platform: GitHubState['platform'];
  tokens: readonly GitHubState['token'][];
  /** By the workflow file; `null` without one. */
  packagesPermission: boolean | null;
  ownOwner: boolean | null;
  fromFork: boolean | null;
}

const either = [false, true] as const;

/** All states that what is known leaves open, without those that differ only in what does not count for their token. */
export function* githubStates(known: KnownGitHubState): Generator<GitHubState> {
  for (const token of known.tokens) {
    for (const asked of tokenParts(token, known)) {
      if (isRefusedByItself({ token, ...asked })) {
        yield { ...usual, ...asked, platform: known.platform, token };
        continue;
      }
      for (const held of packageParts(token, known))
        yield { ...usual, ...asked, ...held, platform: known.platform, token };
    }
  }
}

const usual: Omit<GitHubState, 'platform' | 'token'> = {
  packagesPermission: true,
  readScope: true,
  authorised: true,
  owner: 'organisation',
  ownOwner: true,
  holds: 'version',
  public: false,
  access: true,
  fromFork: false,
  forkKeepsAccess: true,
  hides: false,
  appAnswer: 401,
  scopeAnswer: 401,
};

type Part = Partial<GitHubState>;

function* tokenParts(token: GitHubState['token'], known: KnownGitHubState): Generator<Part> {
  if (token === 'workflow') {
    for (const packagesPermission of known.packagesPermission === null ? either : [known.packagesPermission])
      yield { packagesPermission };
  } else if (token === 'app') {
    for (const appAnswer of [401, 403] as const) yield { appAnswer };
  } else if (token === 'classic') {
    for (const scopeAnswer of [401, 403] as const) yield { readScope: false, scopeAnswer };
    for (const authorised of known.platform === 'cloud' ? either : [true]) yield { authorised };
  } else yield {};
}

/** Whether the token alone decides, so that nothing about the package is to be seen through it. */
function isRefusedByItself({ token, packagesPermission, readScope, authorised }: Part): boolean {
  if (token === 'workflow') return packagesPermission === false;
  return token !== 'classic' || readScope === false || authorised === false;
}

function* packageParts(token: GitHubState['token'], known: KnownGitHubState): Generator<Part> {
  yield { owner: 'absent' };
  yield { holds: 'nothing' };
  const own = token === 'workflow' ? (known.ownOwner === null ? either : [known.ownOwner]) : [true];
  const forks =
    token === 'workflow' && known.platform === 'cloud'
      ? known.fromFork === null
        ? either
        : [known.fromFork]
      : [false];
  for (const holds of ['version', 'other-versions'] as const)
    for (const access of either)
      for (const hides of known.platform === 'server' ? either : [false])
        for (const ownOwner of own)
          for (const fromFork of forks)
            for (const forkKeepsAccess of fromFork ? either : [true])
              yield { holds, access, hides, ownOwner, fromFork, forkKeepsAccess };
}

import { directGitLab } from './direct-http.ts';
import { packageName, registryUrl, sentToken } from './proof-gitlab.ts';
import { type HiddenPart, type KnownPart, numbers, type ProofState, versions } from './proof-state.ts';

const either = [true, false] as const;

/** Releases whose rules differ most: the configuration's mistakes and other tokens are told for them alone. */
const marked = ['16.5', '17.5', '18.0', '18.3'] as const;

/** Releases for which guests that may pull (17.9 and later) are told. */
const guests: readonly string[] = ['17.9', '18.3'];

/** Every block of states that look alike before anything is asked. From 18.3 to 19.0 no rule changes, so one prefix stands for all there. */
export function knownParts(): readonly KnownPart[] {
  const right = versions
    .flatMap((version) => places(version, 'right', 'job'))
    .filter(({ version, prefix }) => version !== '19.0' || prefix === 'instance');
  const mistakes = [
    'key-missing',
    'key-mismatch',
    'variable-unset',
    'literal-token',
    'tarball-key-missing',
  ] as const;
  return [
    ...right,
    ...marked.flatMap((version) => places(version, 'right', 'stored')),
    ...marked.flatMap((version) => mistakes.flatMap((config) => places(version, config, 'job'))),
    ...(['17.3', '18.3'] as const).flatMap((version) =>
      (['job', 'stored'] as const).flatMap((credential) => places(version, 'right', credential, 'outside')),
    ),
    // without a line and a lockfile nothing says that a package of a foreign scope is private
    ...places('18.3', 'line-missing', 'job').filter(({ scope, lockfile }) => scope === '@acme' || lockfile),
  ];
}

function places(
  version: KnownPart['version'],
  config: KnownPart['config'],
  credential: KnownPart['credential'],
  consumer: KnownPart['consumer'] = 'inside',
): readonly KnownPart[] {
  return (['instance', 'group', 'project'] as const).flatMap((prefix) =>
    (['@acme', '@ui'] as const).flatMap((scope) =>
      either.flatMap((lockfile): readonly KnownPart[] => {
        // the key of a project prefix covers its tarball; pnpm's lockfile is not written here
        if (config === 'tarball-key-missing' && (lockfile || prefix === 'project')) return [];
        return [{ version, prefix, scope, lockfile, config, credential, consumer }];
      }),
    ),
  );
}

/** The states of a block that share a token and the rights of its user; parts of two blocks with one `key` share what GitLab knows. */
export interface PartOfBlock {
  key: string;
  states: () => Generator<ProofState>;
}

/**
 * Every state of a block, part by part. A setting is only spread where GitLab's rules look at it; two versions that change one thing alone are
 * only spread about that: the enforcement of lists (17.6) and guests that may pull (17.9).
 */
export function* partsOf(known: KnownPart): Generator<PartOfBlock> {
  const full = isFull(known);
  for (const token of tokensOf(known)) {
    for (const one of people(token, guests.includes(known.version) || mayHideGuests(known))) {
      if (known.version === '17.9' && full && one[2] !== 'guest') continue;
      yield { key: `${token} ${one.join(' ')}`, states: () => statesOfPart(known, token, one) };
    }
  }
}

/** Whether the flag for guests is told where an entry that lacks the permission, or a closed registry, hides whether they may pull. */
function mayHideGuests(known: KnownPart): boolean {
  return isFull(known) && ['17.10', '18.0', '19.0'].includes(known.version);
}

/** Every state of a block. */
export function* statesOf(known: KnownPart): Generator<ProofState> {
  for (const { states } of partsOf(known)) yield* states();
}

function* statesOfPart(
  known: KnownPart,
  token: HiddenPart['token'],
  [visibility, registry, role, external, guestsMayPull]: People,
): Generator<ProofState> {
  const full = isFull(known);
  const [major, minor] = numbers(known.version);
  const newer = (a: number, b: number) => major > a || (major === a && minor >= b);
  const job = token === 'running';
  for (const allowlist of job ? lists(known, newer, full) : listsBeside(token)) {
    const mayHide = allowlist === 'without-permission' || registry === 'disabled';
    if (guestsMayPull && !guests.includes(known.version) && !mayHide) continue;
    const mayBeLimited = full || (mayHideLimits(known) && allowlist === 'project');
    for (const outbound of job && mayBeLimited && !newer(18, 0)
      ? (['off', 'limited'] as const)
      : (['off'] as const)) {
      const spread = job && full && outbound === 'off' && newer(17, 10) && !newer(18, 3);
      for (const policies of spread ? either : [false]) {
        for (const variant of ['V1', 'V2'] as const) {
          for (const forwarding of either) {
            for (const [held, place] of holdings(known, full && job, allowlist)) {
              const state: ProofState = {
                ...known,
                visibility,
                registry,
                role,
                external,
                allowlist,
                outbound,
                variant,
                policies,
                guestsMayPull,
                forwarding,
                package: held,
                place,
                token,
              };
              if (!isTold(state)) continue;
              yield state;
              for (const repository of repositories(state)) yield { ...state, repository };
            }
          }
        }
      }
    }
  }
}

/** Places that are only told where they make a difference: beside answers that another state gives too, whose fault is another one. */
const toldWhere: Partial<Record<HiddenPart['place'], (state: ProofState) => boolean>> = {
  'version-elsewhere': isListed,
  // which looks like guests that may pull
  'twin-off': ({ version, role, guestsMayPull }) =>
    guests.includes(version) && role === 'guest' && !guestsMayPull,
  'newer-listed': ({ variant, visibility, role, registry, allowlist, outbound }) =>
    variant === 'V2' &&
    visibility === 'private' &&
    outbound === 'off' &&
    allowlist === 'project' &&
    (role === 'guest' || (role === 'reporter' && registry === 'disabled')),
  'newer-hidden': ({ visibility, role, allowlist }) =>
    visibility === 'private' && role !== 'none' && allowlist === 'without-permission',
  'newer-unpermitted': ({ external, registry, allowlist }) =>
    external && isOpen(registry) && allowlist === 'none',
  'newer-unlisted': ({ external, role, variant, allowlist }) =>
    external && role === 'none' && variant === 'V2' && allowlist === 'project',
  'namesake-hidden': isUnlistedReader,
  'other-hidden': isUnlistedReader,
  'scope-namesake': (state) => state.scope === '@ui' && isUnlistedReader(state),
  'twin-policies': isUnlistedApart,
  'twin-hidden-policies': isUnlistedApart,
  'scope-hidden': isHiddenAsAbsent,
  'scope-known': isHiddenAsAbsent,
  'scope-guest': isHiddenAsAbsent,
  'scope-reader': isHiddenAsAbsent,
  'in-open-group': ({ visibility, registry, role, allowlist }) =>
    visibility === 'private' && registry === 'enabled' && role === 'none' && allowlist === 'none',
};

/**
 * A repository that is not there is told where it makes a difference: it hides whether a closed registry or a role below Reporter stands in the way. One
 * that is switched off answers a reader as any other answers a guest; one that was never made says so to both. The job's own token asks for it,
 * which hears nothing of it where it is not let in.
 */
function repositories(state: ProofState): readonly ('off' | 'none')[] {
  const { registry, role, credential, place, allowlist } = state;
  const isAsked = credential === 'stored' ? allowlist === 'project' : isFull(state) && isLetIn(state);
  if (!isAsked) return [];
  const isClosed = registry === 'disabled' && (role === 'reporter' || credential === 'stored');
  const isUnmade =
    place === 'suggested' &&
    state.package === 'present' &&
    credential === 'job' &&
    (isClosed || role === 'guest');
  return [...(isClosed ? (['off'] as const) : []), ...(isUnmade ? (['none'] as const) : [])];
}

function isLetIn({ allowlist, outbound }: ProofState): boolean {
  return ['project', 'group', 'off'].includes(allowlist) && outbound === 'off';
}

function isTold(state: ProofState): boolean {
  // a twin that guests may pull from would tell of the flag
  if (state.guestsMayPull && !guests.includes(state.version) && state.place === 'twin-guest') return false;
  if (state.credential === 'stored' && isBesideStored(state.place))
    return state.visibility === 'private' && state.registry !== 'private' && state.allowlist === 'project';
  if (state.allowlist === 'none-shown' && !mayShowStrangers(state)) return false;
  return toldWhere[state.place]?.(state) ?? true;
}

function isBesideStored(place: HiddenPart['place']): boolean {
  return [...besideStored, ...besideStoredInScope].some(([, one]) => one === place);
}

/** A private project without policies, where those of another root group say nothing of it. */
function isUnlistedApart({ visibility, policies, allowlist, outbound }: ProofState): boolean {
  const isKeptOut = allowlist === 'none' || (allowlist === 'project' && outbound === 'limited');
  return visibility === 'private' && !policies && isKeptOut;
}

/** An external user who may read what is open to all but strangers, where the policies spare it. */
function isUnlistedReader({ external, registry, role, variant, allowlist }: ProofState): boolean {
  return external && isOpen(registry) && role === 'reporter' && variant === 'V2' && allowlist === 'none';
}

/** Before 17.4 a group that forwards nothing says the same of what it hides and of what is not there, and at all times to a token that does not see it. */
function isHiddenAsAbsent({ visibility, role, variant, forwarding, credential }: ProofState): boolean {
  const saysTheSame = credential === 'stored' || (variant === 'V1' && !forwarding);
  return visibility === 'private' && role === 'none' && saysTheSame;
}

function mayShowStrangers({ visibility, registry, policies }: ProofState): boolean {
  return visibility !== 'private' && !isOpen(registry) && policies;
}

function isOpen(registry: HiddenPart['registry']): boolean {
  return registry === 'enabled' || registry === 'public';
}

/** Whether the client is told the versions of the package, among which the wanted one is not. */
function isListed(state: ProofState): boolean {
  const token = sentToken(state, 'metadata');
  const url = `${registryUrl(state)}${packageName(state).replace('/', '%2f')}`;
  const header = token === null ? null : (['authorization', `Bearer ${token}`] as const);
  return directGitLab(state).get(url, header).status === 200;
}

/** Whether a consumer that limits its token is told beside an entry, though other settings are not spread. */
function mayHideLimits({ config, credential, consumer }: KnownPart): boolean {
  return credential === 'job' && (consumer === 'outside' || config === 'tarball-key-missing');
}

/** Whether every setting is spread: not for the configuration's mistakes, other tokens and a consumer elsewhere. */
function isFull({ config, credential, consumer }: KnownPart): boolean {
  return config === 'right' && credential === 'job' && consumer === 'inside';
}

function tokensOf({ config, credential, consumer }: KnownPart): readonly HiddenPart['token'][] {
  if (credential === 'stored')
    return [
      ...(['personal', 'narrow', 'deploy', 'narrow-deploy', 'deploy-elsewhere', 'revoked'] as const),
      // the consumer lies below `acme` itself otherwise
      ...(consumer === 'outside' ? (['deploy-beside'] as const) : []),
    ];
  return config === 'literal-token' ? ['running'] : ['running', 'finished'];
}

type People = readonly [
  HiddenPart['visibility'],
  HiddenPart['registry'],
  HiddenPart['role'],
  boolean,
  boolean,
];

function* people(token: HiddenPart['token'], mayLetGuestsPull: boolean): Generator<People> {
  const alone = token.includes('deploy') || token === 'revoked' || token === 'finished';
  for (const visibility of ['private', 'internal', 'public'] as const) {
    for (const registry of ['disabled', 'private', 'enabled', 'public'] as const) {
      for (const role of alone ? (['none'] as const) : (['none', 'guest', 'reporter'] as const)) {
        for (const external of visibility === 'internal' && !alone ? either : [false]) {
          for (const guests of role === 'guest' && mayLetGuestsPull ? either : [false]) {
            yield [visibility, registry, role, external, guests];
          }
        }
      }
    }
  }
}

function lists(
  { version, consumer, config }: KnownPart,
  newer: (major: number, minor: number) => boolean,
  full: boolean,
): readonly HiddenPart['allowlist'][] {
  const permissions = newer(17, 10) ? (['without-permission'] as const) : [];
  const mayLack = consumer === 'outside' || config === 'line-missing';
  if (!full) return ['none', 'project', ...(mayLack ? permissions : []), 'off'];
  if (version === '17.6') return ['project', 'off', 'enforced'];
  return [
    'none',
    ...(version === '17.10' ? (['none-shown'] as const) : []),
    'wrong-direction',
    'project',
    ...(newer(17, 0) ? (['group'] as const) : []),
    ...permissions,
    'off',
    ...(newer(17, 6) ? (['enforced'] as const) : []),
  ];
}

/** What the job's own token, of another user, meets in a project beside the stored one: nothing, an entry and a role, an open list. */
function listsBeside(token: HiddenPart['token']): readonly HiddenPart['allowlist'][] {
  return token === 'finished' ? ['none'] : ['none', 'project', 'off'];
}

type Holding = readonly [HiddenPart['package'], HiddenPart['place']];

/** What matters where policies are a setting of root groups. */
const twinsApart: readonly Holding[] = [
  ['present', 'twin-policies'],
  ['present', 'twin-hidden-policies'],
];

/** What a list may be about that is known by the name of its project alone. */
const namesakes: readonly Holding[] = [
  ['both', 'namesake-hidden'],
  ['both', 'scope-namesake'],
];

/** What matters where the policies apply to all. */
const newest: readonly Holding[] = [
  ['both', 'newer-hidden'],
  ['both', 'newer-unpermitted'],
  ['both', 'newer-unlisted'],
  ['both', 'other-hidden'],
  ...namesakes,
];
/** What matters to a token beside the job's, whose user is a guest: what the job hears may be of another project, or of its role. */
const besideStored: readonly Holding[] = [
  ['present', 'twin-disabled'],
  ['present', 'guest-beside'],
];
/** The same below the root group of the scope, where nothing says which project it is. */
const besideStoredInScope: readonly Holding[] = [
  ['present', 'scope-guest-beside'],
  ['present', 'own-guest-beside'],
];
/** What matters where the group that is asked is not the one that the scope names. */
const besideScope: readonly Holding[] = [
  ['both', 'scope-hidden'],
  ['both', 'scope-known'],
  ['both', 'scope-guest'],
  ['both', 'scope-reader'],
];

/** What is held where. The other places only matter for a package that is there, the wrong direction is told once. */
function holdings(
  { version, prefix, scope, lockfile, config, credential }: KnownPart,
  full: boolean,
  allowlist: HiddenPart['allowlist'],
): readonly Holding[] {
  const addressed = prefix === 'project' || lockfile;
  const missing: Holding[] =
    addressed && allowlist === 'none'
      ? [
          ['no-project', 'suggested'],
          ['no-project', 'other-root'],
        ]
      : [];
  const here: Holding[] = (['present', 'absent', 'other-version'] as const).map((held) => [
    held,
    'suggested',
  ]);
  const foreign = scope === '@ui';
  const roots: Holding[] = (['present', 'absent'] as const).flatMap((held): readonly Holding[] => [
    ...(foreign ? ([[held, 'in-scope-root']] as const) : []),
    ...(foreign ? ([[held, 'in-known-root']] as const) : []),
    ...(foreign ? ([[held, 'beside-known-root']] as const) : []),
    ...(addressed ? ([[held, 'other-root']] as const) : []),
    ...(foreign && addressed ? ([[held, 'other-root-beside']] as const) : []),
  ]);
  if (foreign && !addressed) roots.push(['absent', 'in-hidden-root']);
  const twins: Holding[] = addressed
    ? [
        ['present', 'twin-open'],
        ['present', 'twin-off'],
        ['present', 'twin-guest'],
        ['present', 'twin-unlisted'],
        ['present', 'twin-closed'],
        ['present', 'twin-disabled'],
        ['other-version', 'twin-off'],
        ['other-version', 'twin-guest'],
        ['both', 'newer-reader'],
        ['both', 'newer-members'],
        ['both', 'newer-listed'],
      ]
    : [];
  const elsewhere: Holding = ['elsewhere', 'suggested'];
  const [major, minor] = numbers(version);
  const newer = (a: number, b: number) => major > a || (major === a && minor >= b);
  const listing = !addressed && (prefix === 'group' || !foreign);
  const beyond: Holding[] = [
    ...(listing ? ([['other-version', 'version-elsewhere']] as const) : []),
    ...(foreign && prefix === 'group' && !addressed && (!newer(17, 4) || credential === 'stored')
      ? besideScope
      : []),
    ...(addressed && !newer(17, 4) ? ([['absent', 'in-open-group']] as const) : []),
    ...(config === 'line-missing' && addressed ? namesakes : []),
    ...(addressed && credential === 'stored' ? besideStored : []),
    ...(credential === 'stored'
      ? besideStoredInScope.filter(([, place]) => foreign || place === 'own-guest-beside')
      : []),
  ];
  if (!full) return [...here, ...missing, ...roots, ...beyond, elsewhere];
  if (allowlist === 'wrong-direction') return here.slice(0, 1);
  const beside = ['beside-listed', 'beside-member', 'beside-open', 'beside-closed'] as const;
  const others = ['suggested', 'deeper', 'beside-open'] as const;
  return [
    ...here,
    ...missing,
    ...roots,
    ['present', 'deeper'],
    ...beside.map((place): Holding => ['present', place]),
    ...others.map((place): Holding => ['other-project', place]),
    elsewhere,
    ['both', 'suggested'],
    ...twins,
    ...beyond,
    ...(addressed && newer(18, 0) ? newest : []),
    ...(addressed && foreign && newer(17, 10) && !newer(18, 3) ? twinsApart : []),
  ];
}

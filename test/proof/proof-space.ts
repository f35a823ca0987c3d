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
    for (const one of people(token, guests.includes(known.version))) {
      if (known.version === '17.9' && full && one[2] !== 'guest') continue;
      yield { key: `${token} ${one.join(' ')}`, states: () => statesOfPart(known, token, one) };
    }
  }
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
    for (const outbound of job && full && !newer(18, 0)
      ? (['off', 'limited'] as const)
      : (['off'] as const)) {
      const spread = job && full && outbound === 'off' && newer(17, 10) && !newer(18, 3);
      for (const policies of spread ? either : [false]) {
        for (const variant of ['V1', 'V2'] as const) {
          for (const forwarding of either) {
            for (const [held, place] of holdings(known, full && job, allowlist)) {
              yield {
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
            }
          }
        }
      }
    }
  }
}

/** Whether every setting is spread: not for the configuration's mistakes, other tokens and a consumer elsewhere. */
function isFull({ config, credential, consumer }: KnownPart): boolean {
  return config === 'right' && credential === 'job' && consumer === 'inside';
}

function tokensOf({ config, credential }: KnownPart): readonly HiddenPart['token'][] {
  if (credential === 'stored')
    return ['personal', 'narrow', 'deploy', 'narrow-deploy', 'deploy-elsewhere', 'revoked'];
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
  { version, consumer }: KnownPart,
  newer: (major: number, minor: number) => boolean,
  full: boolean,
): readonly HiddenPart['allowlist'][] {
  const permissions = newer(17, 10) ? (['without-permission'] as const) : [];
  if (!full) return ['none', 'project', ...(consumer === 'outside' ? permissions : []), 'off'];
  if (version === '17.6') return ['project', 'off', 'enforced'];
  return [
    'none',
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

/** What is held where. The other places only matter for a package that is there, the wrong direction is told once. */
function holdings(
  { prefix, scope, lockfile }: KnownPart,
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
        ['present', 'twin-guest'],
        ['present', 'twin-unlisted'],
        ['present', 'twin-closed'],
        ['present', 'twin-disabled'],
        ['other-version', 'twin-guest'],
        ['both', 'newer-reader'],
        ['both', 'newer-members'],
      ]
    : [];
  const elsewhere: Holding = ['elsewhere', 'suggested'];
  if (!full) return [...here, ...missing, ...roots, elsewhere];
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
  ];
}

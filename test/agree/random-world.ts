import fc from 'fast-check';
import { type RuntimeClientId, runtimeClientIds } from '../support/runtime-clients.ts';
import { type BerryFault, berryFaults } from './berry-files.ts';
import { type BunFault, bunFaults } from './bun-files.ts';
import { type NpmrcFault, npmrcFaults } from './npmrc-files.ts';
import { type PnpmFault, pnpmFaults } from './pnpm-files.ts';

/** How one package project stands towards the job. */
export interface Access {
  role: 'reporter' | 'guest' | 'none';
  allowlist: 'project' | 'group' | 'none' | 'wrong-direction' | 'off';
  registry: 'enabled' | 'disabled' | 'private' | 'public';
  visibility: 'private' | 'internal' | 'public';
}

export type Prefix = 'instance' | 'group' | 'project';
export type Fault = NpmrcFault | PnpmFault | BerryFault | BunFault;

/** One situation of a job that installs `SCOPE/ui`, which may need `SCOPE/tokens`, with one client. Plain data: a seed gives it again. */
export interface RandomWorld {
  client: RuntimeClientId;
  command: 'run' | 'verify';
  root: '' | '/gitlab';
  version: '17.5' | '18.5' | '19.0';
  variant: 'V1' | 'V2';
  forwarding: boolean;
  token: 'running' | 'finished';
  ui: Access;
  tokens: Access;
  /** Where the package that `ui` needs lies; `none`: it needs nothing. */
  transitive: 'other-project' | 'same-project' | 'none';
  scope: '@acme' | '@design';
  /** What is published of `ui`. */
  published: 'fits' | 'other-version' | 'nothing';
  shape: 'single' | 'workspace';
  /** package.json names the client with its version. */
  declared: boolean;
  kind: 'dependencies' | 'devDependencies' | 'optionalDependencies';
  prefix: Prefix;
  /** Where the lines stand; `none`: nothing is configured. */
  place: 'project' | 'home' | 'split' | 'userconfig-project' | 'userconfig-other' | 'sub-folder' | 'none';
  faults: readonly Fault[];
  /** How the manifest asks for `ui`. */
  form: 'plain' | 'alias';
  /** GitLab sends clients to an object storage for tarballs. */
  objectStorage: boolean;
  lock: 'none' | 'made' | 'other-port' | 'other-root' | 'other-bytes' | 'without-urls';
  frozen: boolean;
}

function weighted<T>(choices: readonly (readonly [number, T])[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

const access: fc.Arbitrary<Access> = fc.record<Access>({
  role: weighted([
    [12, 'reporter'],
    [1, 'guest'],
    [1, 'none'],
  ]),
  allowlist: weighted([
    [10, 'project'],
    [2, 'group'],
    [2, 'none'],
    [1, 'wrong-direction'],
    [1, 'off'],
  ]),
  registry: weighted([
    [14, 'enabled'],
    [1, 'disabled'],
    [1, 'private'],
    [1, 'public'],
  ]),
  visibility: weighted([
    [8, 'private'],
    [1, 'internal'],
    [1, 'public'],
  ]),
});

/** The faults that a client's configuration can have. */
function faultsOf(client: RuntimeClientId): readonly Fault[] {
  if (client.startsWith('yarn-') && client !== 'yarn-1') return berryFaults;
  if (client === 'bun') return [...npmrcFaults, ...bunFaults];
  return client.startsWith('pnpm') ? [...npmrcFaults, ...pnpmFaults] : npmrcFaults;
}

function arbitraryFor(client: RuntimeClientId): fc.Arbitrary<RandomWorld> {
  return fc.record<RandomWorld>({
    client: fc.constant(client),
    command: fc.constantFrom('run', 'verify'),
    root: weighted([
      [3, ''],
      [1, '/gitlab'],
    ]),
    version: fc.constantFrom('17.5', '18.5', '19.0'),
    variant: fc.constantFrom('V1', 'V2'),
    forwarding: fc.boolean(),
    token: weighted([
      [14, 'running'],
      [1, 'finished'],
    ]),
    ui: access,
    tokens: access,
    transitive: weighted([
      [3, 'other-project'],
      [1, 'same-project'],
      [1, 'none'],
    ]),
    scope: weighted([
      [4, '@acme'],
      [1, '@design'],
    ]),
    published: weighted([
      [16, 'fits'],
      [1, 'other-version'],
      [1, 'nothing'],
    ]),
    declared: fc.boolean(),
    shape: weighted([
      [4, 'single'],
      [1, 'workspace'],
    ]),
    kind: weighted([
      [4, 'dependencies'],
      [1, 'devDependencies'],
      [1, 'optionalDependencies'],
    ]),
    prefix: weighted([
      [4, 'instance'],
      [2, 'group'],
      [2, 'project'],
    ]),
    place: weighted([
      [5, 'project'],
      [4, 'home'],
      [2, 'split'],
      [2, 'userconfig-project'],
      [1, 'userconfig-other'],
      [1, 'sub-folder'],
      [2, 'none'],
    ]),
    faults: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 4,
        arbitrary: fc.uniqueArray(fc.constantFrom(...faultsOf(client)), { minLength: 1, maxLength: 1 }),
      },
      {
        weight: 1,
        arbitrary: fc.uniqueArray(fc.constantFrom(...faultsOf(client)), { minLength: 2, maxLength: 2 }),
      },
    ),
    form: weighted([
      [6, 'plain'],
      [1, 'alias'],
    ]),
    objectStorage: weighted([
      [6, false],
      [1, true],
    ]),
    lock: weighted([
      [8, 'none'],
      [9, 'made'],
      [1, 'other-port'],
      [1, 'other-root'],
      ...(client === 'yarn-3' || client === 'yarn-4' ? [] : ([[1, 'other-bytes']] as const)),
      ...(client.startsWith('npm') ? ([[1, 'without-urls']] as const) : []),
    ]),
    frozen: weighted([
      [2, true],
      [1, false],
    ]),
  });
}

/** The world of a seed: the same seed always gives the same world. `clients` narrows the choice. */
export function randomWorld(
  seed: number,
  clients: readonly RuntimeClientId[] = runtimeClientIds,
): RandomWorld {
  const arbitrary = fc.constantFrom(...clients).chain(arbitraryFor);
  const [world] = fc.sample(arbitrary, { seed, numRuns: 1 });
  if (!world) throw new Error('no world was drawn');
  return world;
}

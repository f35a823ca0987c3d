import semver from 'semver';
import { type ClientModule, loadClientModule } from '../clients/client-modules.ts';
import type { ClientId, ClientName } from '../domain/client.ts';
import type { Project } from '../domain/project.ts';
import type { Inputs } from '../inputs.ts';
import type { World } from '../io/world.ts';

/** The client that will install, with what is known of the one on this machine. */
export interface ChosenClient {
  module: ClientModule;
  client: ClientId;
  globalConfig: string | null;
  /** What it asks where nothing is configured; `null` when unknown. */
  publicRegistry: string | null;
}

type ClientOfCheckout = Pick<Project, 'client' | 'declaredClient' | 'directory'>;

/**
 * The client of the run: the input `client`, else the one that the checkout names (`Project.client`). Its version: the one given, the one that
 * the client itself would switch to, the installed one, the declared one, else the newest known in the declared range: the strictest rules.
 */
export async function chooseClient(
  world: World,
  inputs: Inputs,
  project: ClientOfCheckout,
): Promise<ChosenClient> {
  const given = inputs.client.value === 'auto' ? null : inputs.client.value;
  const asked = given?.name ?? project.client;
  const delegated = given === null ? await delegation(world, project, asked) : null;
  const name = delegated ? yarnOf(delegated) : asked;
  const module = await loadClientModule(name);
  const found = given?.version || delegated ? null : await world.findClient(name, project.directory);
  return {
    module,
    client: {
      name,
      ...(given?.version
        ? { version: given.version, known: 'given' }
        : delegated
          ? { version: delegated, known: 'declared' }
          : versionOf(module, project, found?.version ?? null)),
    },
    globalConfig: found?.globalConfig ?? null,
    publicRegistry: found?.defaultRegistry ?? null,
  };
}

/** The version of a Yarn that lies in the checkout (`yarnPath`, `yarn-path`): every yarn hands over to it. `null` when there is none. */
async function delegation(
  world: World,
  { directory }: ClientOfCheckout,
  name: ClientName,
): Promise<string | null> {
  if (name !== 'yarn' && name !== 'yarn-berry') return null;
  const { home, env, platform, files } = world;
  const place = { projectDirectory: directory, workspaceRoot: directory, globalConfig: null };
  const [{ yarnDelegation }, { strictest }] = await Promise.all([
    import('../clients/yarn/yarn-delegation.ts'),
    loadClientModule('yarn'),
  ]);
  const found = yarnDelegation({ ...place, home, env, platform, files }, strictest);
  return semver.valid(found?.version ?? '');
}

function yarnOf(version: string): ClientName {
  return semver.major(version) >= 2 ? 'yarn-berry' : 'yarn';
}

/** The client where no checkout tells of one: npm, unless it is not there and another is. */
export async function installedClient(
  findClient: World['findClient'],
  directory: string,
): Promise<ClientName> {
  for (const name of ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'] as const) {
    if ((await findClient(name, directory)) !== null) return name;
  }
  return 'npm';
}

/** What is to be said where lockfiles of several clients lie and nothing tells which of them installs. */
export function severalLockfiles(inputs: Inputs, project: Project): readonly string[] {
  const { lockfilesFound, declaredClient, client } = project;
  const owners = new Set(lockfilesFound.map((found) => found.client));
  if (inputs.client.value !== 'auto' || declaredClient !== null || owners.size < 2) return [];
  const paths = lockfilesFound.map(({ path }) => path).join(', ');
  return [
    `lockfiles of several clients lie here (${paths}); taken for ${client}: name another with --client`,
  ];
}

function versionOf(
  module: ClientModule,
  project: ClientOfCheckout,
  installed: string | null,
): Pick<ClientId, 'version' | 'known'> {
  const { declaredClient } = project;
  const declared = declaredClient?.name === module.name ? declaredClient : null;
  if (declared?.version && (installed === null || switches(module.name, installed)))
    return { version: declared.version, known: 'declared' };
  if (installed !== null) return { version: installed, known: 'installed' };
  const range = declared?.range ?? null;
  return { version: range === null ? module.strictest : strictestIn(module, range), known: 'assumed' };
}

/** pnpm 10 and later runs the version that `packageManager` names, whatever is installed (managePackageManagerVersions). */
function switches(name: ClientName, installed: string): boolean {
  return name === 'pnpm' && semver.gte(installed, '10.0.0');
}

/** The newest known version of a range, else its lowest. */
function strictestIn({ strictest, versions }: ClientModule, range: string): string {
  const known = semver.maxSatisfying([...versions, strictest], range);
  return known ?? semver.minVersion(range)?.version ?? strictest;
}

import { join, resolve } from 'node:path';
import type { ClientModule } from '../clients/client-modules.ts';
import { settledBlocks, withoutBlocks } from '../clients/marked-block.ts';
import type { ClientModel } from '../domain/client.ts';
import type { ClientWorld } from '../domain/client-world.ts';
import type { Environment } from '../domain/environment.ts';
import type { FileReader } from '../domain/file-reader.ts';
import { jobCredential } from '../domain/job-credential.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { InputProblem, Project } from '../domain/project.ts';
import { isWebUrl } from '../domain/registry-key.ts';
import type { UsageError } from '../domain/usage.ts';
import type { Inputs } from '../inputs.ts';
import type { World } from '../io/world.ts';
import { findWorkspaceRoot } from '../project/find-workspace-root.ts';
import { readProject } from '../project/read-project.ts';
import { recogniseEnvironment } from '../providers/recognise.ts';
import { chooseClient, installedClient } from './choose-client.ts';
import { withServerOfConfiguration } from './known-server.ts';
import type { WorkflowPlace } from './known-workflow.ts';

/** The action tells later uses in its job by this variable which files it wrote, one a line. */
export const writtenFilesVariable = 'NPMRC_PREFLIGHT_WRITTEN';

/** What is known before anything is planned or asked. `client` is the model of the configuration as it stands. */
export interface Gathered {
  kind: 'gathered';
  environment: Environment;
  project: Project;
  module: ClientModule;
  client: ClientModel;
  clientWorld: ClientWorld;
  /** The real files, and those among them that an earlier step of this job wrote and later steps still need. */
  files: FileReader;
  earlierFiles: readonly string[];
  /** What the installed client asks where nothing is configured, the public npm registry; `null` when unknown. */
  publicRegistry: string | null;
}

/**
 * Reads the job, the checkout and the client's configuration. Nothing is written and no server is asked. With `planning`, on a CI
 * that names its GitLab, the marked block of an earlier run is left out: it is to be decided anew and says nothing of the user.
 */
export async function gather(
  world: World,
  inputs: Inputs,
  { planning }: { planning: boolean } = { planning: false },
): Promise<Gathered | { kind: 'unreadable'; problem: InputProblem } | UsageError> {
  const directory = resolve(world.directory, inputs.workingDirectory.value);
  const asked = inputs.client.value === 'auto' ? {} : { client: inputs.client.value.name };
  const findClient = askedOnce(world);
  const otherwise = await installedClient(findClient, directory);
  const reading = readProject({ directory, files: world.files, otherwise, ...asked });
  if (reading.kind === 'unreadable') return reading;
  const { resolveFor, ...checkout } = reading.checkout;
  const chosen = await chooseClient({ ...world, findClient }, inputs, checkout);
  const earlierFiles = (world.env[writtenFilesVariable] ?? '').split('\n').filter((path) => path !== '');
  const clientWorld: ClientWorld = {
    projectDirectory: directory,
    workspaceRoot: findWorkspaceRoot(world.files, directory, chosen.client.name),
    workspaceFolders: checkout.workspaces.map(({ path }) => join(directory, path)),
    home: world.home,
    env: world.env,
    platform: world.platform,
    ...(world.macos ? { macos: true } : {}),
    ...(world.rootUser ? { rootUser: true } : {}),
    files: withSettledBlocks(world.files, earlierFiles),
    globalConfig: chosen.globalConfig,
  };
  const { source } = inputs.token;
  const actionVariable = source.kind === 'env' ? source.name : null;
  const recognised = recogniseEnvironment(world.env, inputs.tokenEnv.value, actionVariable);
  const anew = planning && (recognised.apiUrl !== null || recognised.github !== undefined);
  const client = chosen.module.resolve(
    anew ? { ...clientWorld, files: withoutOurBlocks(clientWorld.files) } : clientWorld,
    chosen.client,
  );
  const { version } = client.client;
  const { installsPeers, linksWorkspaces } = client;
  const habits = { version, installsPeers, ...(linksWorkspaces === undefined ? {} : { linksWorkspaces }) };
  const project: Project = { ...checkout, ...resolveFor(habits) };
  const misnamed = unusableAddress(recognised);
  if (misnamed) return misnamed;
  const known = await withWorkflow(recognised, { env: world.env, files: world.files, directory });
  const served = withServerOfConfiguration(withNamedServer(known, world, inputs), client, project);
  // only the action has the input token
  const environment: Environment = source.kind === 'default' ? served : { ...served, action: true };
  return {
    kind: 'gathered',
    environment,
    project,
    module: chosen.module,
    client,
    clientWorld,
    files: world.files,
    earlierFiles,
    publicRegistry: chosen.publicRegistry,
  };
}

/** A package manager that hangs at its version is waited for once. */
function askedOnce(world: World): World['findClient'] {
  const found = new Map<string, ReturnType<World['findClient']>>();
  return (name, directory) => {
    const known = found.get(name) ?? world.findClient(name, directory);
    found.set(name, known);
    return known;
  };
}

/** What earlier steps of this job wrote stays for their later steps: it counts, and is kept, as the user's own lines. */
function withSettledBlocks(files: FileReader, earlier: readonly string[]): FileReader {
  if (earlier.length === 0) return files;
  return {
    read(path) {
      const reading = files.read(path);
      return reading.kind === 'text' && earlier.includes(path)
        ? { kind: 'text', text: settledBlocks(reading.text) }
        : reading;
    },
    list: (path) => files.list(path),
  };
}

function withoutOurBlocks(files: FileReader): FileReader {
  return {
    read(path) {
      const reading = files.read(path);
      return reading.kind === 'text' ? { kind: 'text', text: withoutBlocks(reading.text) } : reading;
    },
    list: (path) => files.list(path),
  };
}

async function withWorkflow(environment: Environment, place: WorkflowPlace): Promise<Environment> {
  if (environment.provider !== 'github') return environment;
  const { knownWorkflow } = await import('./known-workflow.ts');
  return { ...environment, workflow: knownWorkflow(place) };
}

/** GitLab's own variables always hold addresses of the web; one that does not was replaced by somebody. Its value is not repeated. */
function unusableAddress({ apiUrl, serverUrl }: Environment): UsageError | null {
  const isWeb = (url: string | null) => url === null || isWebUrl(url);
  const variable = isWeb(apiUrl) ? (isWeb(serverUrl) ? null : 'CI_SERVER_URL') : 'CI_API_V4_URL';
  if (variable === null) return null;
  return {
    kind: 'usage',
    message: `${variable} holds no http or https address`,
    hint: 'GitLab sets it in every job: take away what replaces it in the variables of the job, project, group or runner',
  };
}

/** Off GitLab, the GitLab that the input `registries` names with the variable of its token. */
function withNamedServer(environment: Environment, world: World, inputs: Inputs): Environment {
  const lines = inputs.registries.value === 'auto' ? [] : inputs.registries.value;
  for (const { url, tokenVariable } of environment.apiUrl === null ? lines : []) {
    const prefix = prefixOf(url);
    if (prefix && tokenVariable) {
      return {
        ...environment,
        apiUrl: prefix.apiUrl,
        serverUrl: prefix.apiUrl.replace(/\/api\/v4$/, ''),
        credential: jobCredential(world.env, tokenVariable, 'unknown'),
      };
    }
  }
  return environment;
}

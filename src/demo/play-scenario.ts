import { join, resolve } from 'node:path';
import { preflight, type RunResult } from '../app.ts';
import type { Inputs } from '../inputs.ts';
import { createHttp } from '../io/http.ts';
import { createPoster } from '../io/post.ts';
import type { World } from '../io/world.ts';
import type { startGitHub } from '../simulator/github/start-github.ts';
import type { startGitLab } from '../simulator/start-gitlab.ts';
import { memoryFiles } from './memory-files.ts';
import type { Scenario } from './scenario.ts';

/** What `embedded.ts` exports. */
export interface Embedded {
  scenarios: readonly Scenario[];
  startGitLab: typeof startGitLab;
  startGitHub: typeof startGitHub;
}

/** What came of a scenario: the run's result, the world it left behind and the requests that GitLab saw. */
export interface Played {
  result: RunResult;
  world: World;
  requests: readonly { method: string; url: string; status: number }[];
}

/**
 * Runs a scenario against its own GitLab, and GitHub where it has one, on loopback. Files are in memory, no variable of this process counts, and the scenario's
 * address is led to the loopback server, so that every message reads as it would in the real place.
 */
export async function playScenario(
  scenario: Scenario,
  options: { version: string; inputs: Inputs } & Pick<Embedded, 'startGitLab' | 'startGitHub'>,
): Promise<Played> {
  const server = await options.startGitLab(scenario.gitlab, {
    externalUrl: scenario.url,
    publicRegistry: 'https://public-registry.example',
  });
  const github = scenario.github ? await options.startGitHub(scenario.github) : null;
  const home = new URL(scenario.url).origin;
  const world = scenarioWorld(
    scenario,
    options.version,
    (origin) => github?.origins.get(origin) ?? (origin === home ? new URL(server.url).origin : origin),
  );
  try {
    const result = await preflight(world, {
      command: scenario.command,
      inputs: options.inputs,
      dryRun: false,
      offline: false,
    });
    return { result, world, requests: [...server.requests] };
  } finally {
    await Promise.all([server.close(), github?.close()]);
  }
}

/** The world of a scenario: files in memory, no variable of this process. `reroute` leads an origin to the server that plays it. */
export function scenarioWorld(
  scenario: Pick<Scenario, 'env' | 'files' | 'home' | 'npm' | 'client'>,
  version: string,
  reroute: (origin: string) => string,
): World {
  const { env } = scenario;
  const installed = scenario.client ?? { name: 'npm', version: scenario.npm };
  const directory = resolve('/builds', env.CI_PROJECT_PATH ?? 'my-project');
  const home = resolve('/home/runner');
  const files = memoryFiles({ ...below(directory, scenario.files), ...below(home, scenario.home) });
  const write: World['writeLasting'] = (edit) => {
    files.write(edit);
    return { kind: 'written', path: edit.path };
  };
  return {
    version,
    env,
    directory,
    home,
    platform: process.platform === 'win32' ? 'win32' : 'posix',
    files,
    now: () => Date.UTC(2026, 0, 1),
    findClient: async (name) =>
      name === installed.name ? { version: installed.version, globalConfig: null } : null,
    http: (limits) => createHttp({ ...limits, version, env, files, reroute }),
    poster: (limits) => createPoster({ ...limits, version, env, files, reroute }),
    writeRestorable: write,
    writeLasting: write,
    removeLasting: () => null,
    restore: () => [],
    exportVariables: () => null,
  };
}

function below(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [join(folder, ...path.split('/')), text]),
  );
}

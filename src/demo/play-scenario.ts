import { join, resolve } from 'node:path';
import { preflight, type RunResult } from '../app.ts';
import type { Inputs } from '../inputs.ts';
import { createHttp } from '../io/http.ts';
import type { World } from '../io/world.ts';
import { startGitLab } from '../simulator/start-gitlab.ts';
import { memoryFiles } from './memory-files.ts';
import type { Scenario } from './scenario.ts';

/** What came of a scenario: the run's result, the world it left behind and the requests that GitLab saw. */
export interface Played {
  result: RunResult;
  world: World;
  requests: readonly { method: string; url: string; status: number }[];
}

/**
 * Runs a scenario against its own GitLab on loopback. Files are in memory, no variable of this process counts, and the scenario's
 * address is led to the loopback server, so that every message reads as it would in the real place.
 */
export async function playScenario(
  scenario: Scenario,
  options: { version: string; inputs: Inputs },
): Promise<Played> {
  const server = await startGitLab(scenario.gitlab, {
    externalUrl: scenario.url,
    publicRegistry: 'https://public-registry.example',
  });
  const directory = resolve('/builds', scenario.env.CI_PROJECT_PATH ?? 'my-project');
  const home = resolve('/home/runner');
  const files = memoryFiles({ ...below(directory, scenario.files), ...below(home, scenario.home) });
  const world: World = {
    version: options.version,
    env: scenario.env,
    directory,
    home,
    platform: process.platform === 'win32' ? 'win32' : 'posix',
    files,
    findClient: async (name) => (name === 'npm' ? { version: scenario.npm, globalConfig: null } : null),
    http: (limits) =>
      createHttp({
        ...limits,
        version: options.version,
        env: scenario.env,
        network: null,
        files,
        reroute: (origin) => (origin === new URL(scenario.url).origin ? new URL(server.url).origin : origin),
      }),
    writeRestorable(edit) {
      files.write(edit);
      return { kind: 'written', path: edit.path };
    },
    writeLasting(edit) {
      files.write(edit);
      return { kind: 'written', path: edit.path };
    },
    restore: () => [],
  };
  try {
    const result = await preflight(world, {
      command: scenario.command,
      inputs: options.inputs,
      dryRun: false,
      offline: false,
    });
    return { result, world, requests: [...server.requests] };
  } finally {
    await server.close();
  }
}

function below(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [join(folder, ...path.split('/')), text]),
  );
}

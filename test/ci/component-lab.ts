import * as fs from 'node:fs';
import { type RealClient, realClient } from '../clients/real/real-client.ts';
import type { RuntimeClientId } from '../support/runtime-clients.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';
import { type CiWorld, firstToken, startCiWorld } from './ci-world.ts';
import {
  type ConsumerProject,
  gitlabVariables,
  layConsumer,
  type PipelineBench,
  publishComponent,
  template,
} from './pipeline.ts';

/** The template as a file of the consumer's own repository, and the include of it. */
export const carried = { 'ci/npmrc-preflight.yml': fs.readFileSync(template, 'utf8') };
export const local = { local: 'ci/npmrc-preflight.yml' };

/** A world for pipelines, and the package managers that their jobs find. */
export interface ComponentLab {
  world: CiWorld;
  /** A folder for what jobs leave outside of their own. */
  place: string;
  client(id: RuntimeClientId): Promise<RealClient>;
  /** Lays a project of `acme/shop` down, gives it to `use`, and takes it away again. Its jobs find `id`, npm 10 unless it is given. */
  withConsumer<T>(
    project: ConsumerProject,
    use: (bench: PipelineBench) => Promise<T>,
    options?: { id?: RuntimeClientId; variables?: Readonly<Record<string, string>> },
  ): Promise<T>;
  close(): Promise<void>;
}

/** Opens a laboratory. Rejects when its runtimes can't be installed. */
export async function openComponentLab(): Promise<ComponentLab> {
  const place = temporaryFolder();
  const [world, component] = await Promise.all([startCiWorld(), publishComponent()]);
  const clients = new Map<RuntimeClientId, Promise<RealClient>>();
  const client = (id: RuntimeClientId) => {
    const known = clients.get(id) ?? realClient(id, place);
    clients.set(id, known);
    return known;
  };
  return {
    world,
    place,
    client,
    async withConsumer(project, use, { id = 'npm-10', variables = {} } = {}) {
      const bench = await layConsumer(project, {
        bin: [(await client(id)).bin],
        component,
        variables: { ...gitlabVariables(world.at, firstToken), ...variables },
      });
      try {
        return await use(bench);
      } finally {
        bench.remove();
      }
    },
    async close() {
      await world.close();
      for (const folder of [place, component]) fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A job as YAML. `keys` are lines of its own level. */
export function jobText(
  name: string,
  job: { keys?: readonly string[]; variables?: Readonly<Record<string, string>>; script: readonly string[] },
): string {
  const { keys = [], variables = {}, script } = job;
  return [
    `${name}:`,
    ...keys.map((line) => `  ${line}`),
    '  after_script: []',
    '  variables:',
    ...Object.entries({ JOB: name, ...variables }).map(([key, value]) => `    ${key}: '${value}'`),
    '  script:',
    ...script.map((line) => `    - ${line}`),
    '',
  ].join('\n');
}

import * as fs from 'node:fs';
import { startPublicRegistry } from '../../src/simulator/start-public-registry.ts';
import { type RealClient, realClient } from '../clients/real/real-client.ts';
import { type RuntimeClientId, runtimeClientIds } from '../support/runtime-clients.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';
import { type Judgement, judgeWorld } from './judge-world.ts';
import { keepLockfiles } from './lay-world.ts';
import { randomWorld } from './random-world.ts';

/** `onJudged` hears of each world as it is done. `clients` narrows the choice. `parallel` worlds are played at a time. */
export interface Agreement {
  seeds: readonly number[];
  clients?: readonly RuntimeClientId[];
  parallel: number;
  onJudged?: (seed: number, judgement: Judgement) => void;
}

/** Plays the worlds of the seeds and gives their judgements, in the order of the seeds. */
export async function playWorlds({
  seeds,
  clients = runtimeClientIds,
  parallel,
  onJudged,
}: Agreement): Promise<readonly Judgement[]> {
  const place = temporaryFolder();
  const publicRegistry = await startPublicRegistry([{ name: 'left', version: '1.0.0' }]);
  const lockfiles = keepLockfiles(publicRegistry.url);
  const installed = new Map<RuntimeClientId, Promise<RealClient>>();
  const judgements: Judgement[] = [];
  const play = async (index: number) => {
    const seed = seeds[index] ?? 0;
    const world = randomWorld(seed, clients);
    const client = installed.get(world.client) ?? realClient(world.client, place);
    installed.set(world.client, client);
    const judgement = await judgeWorld(world, {
      client: await client,
      lockfiles,
      publicRegistry: publicRegistry.url,
    });
    judgements[index] = judgement;
    onJudged?.(seed, judgement);
  };
  let next = 0;
  const lane = async () => {
    while (next < seeds.length) await play(next++);
  };
  try {
    await Promise.all(Array.from({ length: parallel }, lane));
    return judgements;
  } finally {
    await publicRegistry.close();
    fs.rmSync(place, { recursive: true, force: true });
  }
}

/** One line for each client with how many worlds agreed, and one for each that did not. */
export function agreementLines(
  judgements: readonly Judgement[],
  seeds: readonly number[],
): readonly string[] {
  const clients = [...new Set(judgements.map(({ world }) => world.client))].sort();
  const counts = clients.map((client) => {
    const own = judgements.filter(({ world }) => world.client === client);
    const passed = own.filter(({ client: code }) => code === 0).length;
    const agreed = own.filter(({ agrees }) => agrees).length;
    return `${client.padEnd(8)} ${agreed} of ${own.length} agree (${passed} installs, ${own.length - passed} failures)`;
  });
  const wrong = judgements.flatMap((judgement, index) =>
    judgement.agrees ? [] : [disagreementLine(seeds[index] ?? 0, judgement)],
  );
  const agreed = judgements.length - wrong.length;
  return [...counts, ...wrong, `${agreed} of ${judgements.length} worlds agree`];
}

function disagreementLine(seed: number, { world, preflight, client }: Judgement): string {
  return `seed ${seed}: the step ended with ${preflight}, ${world.client} with ${client}: ${JSON.stringify(world)}`;
}

import { habits } from '../clients/real/good-configuration.ts';
import type { RealClient } from '../clients/real/real-client.ts';
import { type Lockfiles, layWorld } from './lay-world.ts';
import type { RandomWorld } from './random-world.ts';
import { startWorld } from './world-servers.ts';

/** What the step said of a world and what the real client then did in it. */
export interface Judgement {
  world: RandomWorld;
  /** Exit codes. */
  preflight: number | null;
  client: number | null;
  agrees: boolean;
  /** What both printed. */
  said: string;
}

/**
 * Runs the step and then the real client in a world. They agree when a pass is followed by an install, and a failure, or a server that
 * could not be asked, by none.
 */
export async function judgeWorld(
  world: RandomWorld,
  tools: { client: RealClient; lockfiles: Lockfiles; publicRegistry: string },
): Promise<Judgement> {
  const server = await startWorld(world, tools.publicRegistry);
  const job = await layWorld(world, server, tools.client, tools.lockfiles);
  try {
    const step = await job.preflight(world.command, ...optionsFor(world));
    const locked = world.lock !== 'none' && world.frozen;
    const { install, frozen } = habits[world.client];
    const installed = await job.client(...(locked ? frozen : install));
    const agrees =
      (step.code === 0 && installed.code === 0) ||
      ((step.code === 1 || step.code === 3) && installed.code !== 0);
    const said = [step.stdout, step.stderr, `--- ${world.client}`, installed.stdout, installed.stderr].join(
      '\n',
    );
    return { world, preflight: step.code, client: installed.code, agrees, said };
  } finally {
    job.remove();
    await server.gitlab.close();
  }
}

/** A scope that is not the root namespace is known to be private only by a mapping or by being named. */
function optionsFor({ scope }: RandomWorld): readonly string[] {
  return scope === '@acme' ? [] : ['--scopes', scope];
}

import { resolve } from 'node:path';
import { liesWithin } from '../domain/lies-within.ts';
import type { World } from './world.ts';

type Job = Pick<World, 'env' | 'directory'>;

/** The job's checkout: what the CI says, else the folder that the program was started in. */
export function checkoutOf({ env, directory }: Job): string {
  return resolve(env.CI_PROJECT_DIR || env.GITHUB_WORKSPACE || directory);
}

/**
 * The folder of the checkout that a path lies in as it is written, or is; `null` for a path elsewhere. Whoever wrote the checkout may have laid links there, so
 * nothing that is written below may end outside.
 */
export function checkoutAround(job: Job, path: string): string | null {
  return [checkoutOf(job), job.directory].find((root) => liesWithin(path, root)) ?? null;
}

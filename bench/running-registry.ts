import { fork } from 'node:child_process';
import type { BenchWorld } from './bench-world.ts';

/**
 * What the registry saw since it was last asked. `bytes` both ways, heads included; `connections` open at once; `roundTrips`: the longest
 * chain of requests each of which came after the answer to the one before it.
 */
export interface Counts {
  requests: number;
  bytes: number;
  connections: number;
  roundTrips: number;
}

export type ToRegistry =
  | { kind: 'open'; world: BenchWorld }
  | { kind: 'set-round-trip'; milliseconds: number }
  | { kind: 'count' };

export type FromRegistry =
  | { kind: 'open'; url: string }
  | { kind: 'set' }
  | { kind: 'counted'; counts: Counts };

/** The registry's process. `url` is the address of the GitLab. */
export interface RunningRegistry {
  url: string;
  setRoundTrip(milliseconds: number): Promise<void>;
  /** The counts, which begin anew; connections that are left over are closed. */
  count(): Promise<Counts>;
  close(): Promise<void>;
}

/** Starts the registry of a world by its built program. Rejects when it ends instead. */
export async function runRegistry(program: string, world: BenchWorld): Promise<RunningRegistry> {
  const child = fork(program, [], { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const tell = (message: ToRegistry) =>
    new Promise<FromRegistry>((resolve, reject) => {
      const early = () => reject(new Error('the registry ended'));
      child.once('exit', early);
      child.once('message', (answer) => {
        child.off('exit', early);
        resolve(answer as FromRegistry);
      });
      child.send(message);
    });
  const opened = await tell({ kind: 'open', world });
  return {
    url: opened.kind === 'open' ? opened.url : '',
    setRoundTrip: async (milliseconds) => void (await tell({ kind: 'set-round-trip', milliseconds })),
    async count() {
      const answer = await tell({ kind: 'count' });
      return answer.kind === 'counted'
        ? answer.counts
        : { requests: 0, bytes: 0, connections: 0, roundTrips: 0 };
    },
    async close() {
      child.disconnect();
      await ended;
    },
  };
}

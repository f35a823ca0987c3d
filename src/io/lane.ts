import type { buildConnector, Pool } from 'undici';
import PoolOf from 'undici/lib/dispatcher/pool.js';
import type { Failure } from './classify-failure.ts';

/**
 * The connections to one origin: as many as `connections`, kept open between requests. A request waits for its turn, so that
 * its time limit runs from the moment when it can be sent.
 */
export interface Lane {
  readonly pool: Pool;
  /** Waits for a turn and gives the function that ends it; `null` once the lane is closed. */
  turn(): Promise<(() => void) | null>;
  /** Told how each exchange ended, so that a host which never answered is not asked hundreds of times. */
  note(failure: Failure | null): void;
  /** The failure to report without asking, once the host failed too often and never answered. */
  givenUp(): Failure | null;
  /** Lets nobody wait any longer; the connections end in the next cycle, since for many of them that takes longer than to print what they brought. */
  close(): void;
}

const telling = new Set(['dns', 'connect', 'handshake', 'tls', 'proxy', 'timeout']);

export function createLane(origin: string, connections: number, connect: buildConnector.connector): Lane {
  const pool = new PoolOf(origin, { connections, connect, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const waiting: ((release: (() => void) | null) => void)[] = [];
  let free = connections;
  let closed = false;
  let answered = false;
  let failures = 0;
  let last: Failure | null = null;

  function release() {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next(onceOnly(release));
  }

  return {
    pool,
    turn: () =>
      new Promise((resolve) => {
        if (closed) resolve(null);
        else if (free > 0) {
          free -= 1;
          resolve(onceOnly(release));
        } else waiting.push(resolve);
      }),
    note(failure) {
      if (failure === null) answered = true;
      else if (telling.has(failure.stage)) {
        failures += 1;
        last = failure;
      }
    },
    givenUp() {
      if (answered || last === null || failures < Math.max(3, connections)) return null;
      const message = `${last.message} (not asked again after ${failures} failures)`;
      return { ...last, message, transient: false };
    },
    close() {
      closed = true;
      for (const resolve of waiting.splice(0)) resolve(null);
      setImmediate(() => void pool.destroy());
    },
  };
}

function onceOnly(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

import { Agent } from 'node:http';
import type { Failure } from './classify-failure.ts';
import type { Connect } from './connector.ts';

/**
 * The connections to one origin: as many as `connections`, kept open between requests. A request waits for its turn, so that
 * its time limit runs from the moment when it can be sent.
 */
export interface Lane {
  /** Waits for a turn; `null` once the lane is closed. */
  turn(): Promise<Turn | null>;
  /** Told how each exchange ended, so that a host which never answered is not asked hundreds of times. */
  note(failure: Failure | null): void;
  /** The failure to report without asking, once the host failed too often and never answered. */
  givenUp(): Failure | null;
  /** Lets nobody wait any longer; the connections end in the next cycle, since for many of them that takes longer than to print what they brought. */
  close(): void;
}

/** Leave for one exchange over a connection of `agent`, or a new one of `fresh`: one that was kept may be ended just when a request goes out. It is to be ended once. */
export interface Turn {
  agent: Agent;
  fresh: Agent;
  end(): void;
}

const telling = new Set(['dns', 'connect', 'handshake', 'tls', 'proxy', 'timeout']);

export function createLane(origin: string, connections: number, connect: Connect): Lane {
  const agent = agentOf(new URL(origin), true, connect);
  const fresh = agentOf(new URL(origin), false, connect);
  const waiting: ((turn: Turn | null) => void)[] = [];
  let free = connections;
  let closed = false;
  let answered = false;
  let failures = 0;
  let last: Failure | null = null;

  const turn: Turn = {
    agent,
    fresh,
    end() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next(turn);
    },
  };

  return {
    turn: () =>
      new Promise((resolve) => {
        if (closed) resolve(null);
        else if (free > 0) {
          free -= 1;
          resolve(turn);
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
      setImmediate(() => {
        agent.destroy();
        fresh.destroy();
      });
    },
  };
}

/**
 * Node's keeper of connections, which all lead to one origin whatever a request says of its own. It has no limit: a request that waits in it for a connection
 * waits for ever where that one does not come about.
 */
function agentOf(origin: URL, keepAlive: boolean, connect: Connect): Agent {
  const agent = new Agent({ keepAlive });
  return Object.assign(agent, {
    createConnection: (_request: unknown, ready: Parameters<Connect>[1]) => connect(origin, ready),
  });
}

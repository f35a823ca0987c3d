import type { buildConnector, Client } from 'undici';
import ClientOf from 'undici/lib/dispatcher/client.js';
import type { Failure } from './classify-failure.ts';

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

/** A connection for one exchange. It is to be ended once, and serves the next one where the exchange came to its end. */
export interface Turn {
  connection: Client;
  end(exchanged: boolean): void;
}

const telling = new Set(['dns', 'connect', 'handshake', 'tls', 'proxy', 'timeout']);

export function createLane(origin: string, connections: number, connect: buildConnector.connector): Lane {
  const opened = new Set<Client>();
  const idle: Client[] = [];
  const waiting: ((turn: Turn | null) => void)[] = [];
  let free = connections;
  let closed = false;
  let answered = false;
  let failures = 0;
  let last: Failure | null = null;

  function open(): Client {
    const client = new ClientOf(origin, { connect, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
    opened.add(client);
    return client;
  }

  function begin(): Turn {
    const connection = idle.pop() ?? open();
    return {
      connection,
      end(exchanged) {
        if (exchanged) idle.push(connection);
        else {
          opened.delete(connection);
          void connection.destroy();
        }
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next(begin());
      },
    };
  }

  return {
    turn: () =>
      new Promise((resolve) => {
        if (closed) resolve(null);
        else if (free > 0) {
          free -= 1;
          resolve(begin());
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
        for (const client of opened) void client.destroy();
      });
    },
  };
}

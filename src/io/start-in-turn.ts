import { setImmediate as nextCycle } from 'node:timers/promises';

/** So few that the first of them leaves at once, so many that waiting for the next cycle costs nothing beside them. */
const together = 8;

/**
 * Requests that come at the same time begin a few in each cycle of the event loop: the first ones are on their way, and being answered, while the last
 * ones are still being made ready. Made ready in one go, none would leave before all of them could.
 */
export interface Start {
  /** Each request waits for this before it is made ready. */
  inTurn(): Promise<void>;
  /** Resolves once no request is waiting for its turn any more and those that had theirs have left. */
  allBegun(): Promise<void>;
}

export function createStart(): Start {
  let begun = 0;
  let turn: Promise<void> = Promise.resolve();
  return {
    inTurn() {
      if (begun > 0 && begun % together === 0) turn = turn.then(() => nextCycle());
      begun += 1;
      return turn;
    },
    async allBegun() {
      let known: number;
      do {
        known = begun;
        await turn;
        // a connection is opened in one cycle and written to in the next
        for (let cycle = 0; cycle < 3; cycle += 1) await nextCycle();
      } while (known !== begun);
    },
  };
}

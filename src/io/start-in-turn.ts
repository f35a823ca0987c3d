import { setImmediate as nextCycle } from 'node:timers/promises';

/** So few that the first of them leaves at once, so many that waiting for the next cycle costs nothing beside them. */
const together = 8;

/**
 * A function that each request waits for before it is made ready. Requests that come at the same time begin a few in each cycle of the event loop: the first
 * ones are on their way, and being answered, while the last ones are still being made ready. Made ready in one go, none would leave before all of them could.
 */
export function createStart(): () => Promise<void> {
  let begun = 0;
  let turn: Promise<void> = Promise.resolve();
  return () => {
    if (begun > 0 && begun % together === 0) turn = turn.then(() => nextCycle());
    begun += 1;
    return turn;
  };
}

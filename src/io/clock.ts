import { setTimeout as delay } from 'node:timers/promises';

/** Time as the HTTP edge needs it. `now` is in milliseconds since 1970. `wait` ends early, without an error, when the signal fires. */
export interface Clock {
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async wait(milliseconds, signal) {
    await delay(milliseconds, undefined, { signal }).catch(() => {});
  },
};

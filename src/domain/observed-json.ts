import type { Observation, Outcome } from './probe.ts';

/** The JSON of a 200 answer that was read to its end; `null` for everything else. */
export function observedJson(observation: Observation | null | undefined): unknown {
  const outcome = observation?.outcome;
  return outcome?.kind === 'answered' && outcome.status === 200 ? bodyJson(outcome) : null;
}

/** The JSON of an answer of any status that was read to its end; `null` where it is none. */
export function bodyJson(outcome: Outcome): unknown {
  if (outcome.kind !== 'answered' || outcome.body.kind !== 'text' || !outcome.body.complete) return null;
  try {
    return JSON.parse(outcome.body.text);
  } catch {
    return null;
  }
}

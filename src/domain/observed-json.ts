import { bodyJson } from './body-json.ts';
import type { Observation } from './probe.ts';

/** The JSON of a 200 answer that was read to its end; `null` for everything else. */
export function observedJson(observation: Observation | null | undefined): unknown {
  const outcome = observation?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200) return null;
  if (outcome.body.kind !== 'text' || !outcome.body.complete) return null;
  return bodyJson(outcome.body) ?? null;
}

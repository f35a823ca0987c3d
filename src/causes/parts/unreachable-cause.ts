import { type Clues, ruledOut, type Verdict } from '../../domain/cause.ts';
import type { Outcome, UnreachableStage } from '../../domain/probe.ts';
import { failingRequest } from './failing-request.ts';

/** Confirmed when the client's own request could not be answered at one of these stages. */
export function unreachableVerdict(clues: Clues, stages: readonly UnreachableStage[]): Verdict {
  const request = failingRequest(clues);
  const outcome = request?.observation.outcome;
  return request && outcome?.kind === 'unreachable' && stages.includes(outcome.stage)
    ? { kind: 'confirmed', because: [request.kind] }
    : ruledOut;
}

/** The unreachable outcome of a case, with the host it was meant for. Only to be asked after `unreachableVerdict`. */
export function unreachable(clues: Clues): {
  outcome: Extract<Outcome, { kind: 'unreachable' }>;
  host: string;
  hostname: string;
} {
  const request = failingRequest(clues);
  const outcome = request?.observation.outcome;
  if (!request || outcome?.kind !== 'unreachable') throw new Error('the case was answered');
  const url = new URL(request.url);
  return { outcome, host: url.host, hostname: url.hostname };
}

/** What was seen: the system's code and text. */
export function seenUnreachable(clues: Clues): string {
  const { outcome } = unreachable(clues);
  return `${outcome.code}: ${outcome.message}${outcome.attempts > 1 ? ` (${outcome.attempts} attempts)` : ''}`;
}

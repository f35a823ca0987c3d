import { type Clues, ruledOut, type Verdict } from '../../domain/cause.ts';
import type { Outcome, UnreachableStage } from '../../domain/probe.ts';
import { formatSource } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';
import { namedElsewhere, ownAddressStep, seenElsewhere } from './named-elsewhere.ts';
import { isSentAnyway } from './unset-variable.ts';

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
  /** `http:` or `https:`. */
  scheme: string;
} {
  const request = failingRequest(clues);
  const outcome = request?.observation.outcome;
  if (!request || outcome?.kind !== 'unreachable') throw new Error('the case was answered');
  const url = new URL(outcome.at ?? request.url);
  return { outcome, host: url.host, hostname: url.hostname, scheme: url.protocol };
}

/** The proxy in between, as the end of a title; empty for none. */
export function throughProxy({ proxy }: { proxy?: string }): string {
  return proxy === undefined ? '' : ` through the proxy ${proxy}`;
}

/** Where a tarball lies on another host than its registry, both have to be reached (GitHub notes, section A1), or the registry has a wrong idea of its own address; nothing otherwise. */
export function hostsToReach(clues: Clues): readonly string[] {
  const { outcome, host } = unreachable(clues);
  const request = failingRequest(clues);
  const named = outcome.at === undefined ? namedElsewhere(clues) : null;
  if (named) return [ownAddressStep(clues, named)];
  return outcome.at === undefined || !request
    ? []
    : [
        `${new URL(request.url).host} answers, and redirects tarballs to ${host}: firewalls and lists of allowed hosts need both`,
      ];
}

/** What the next run would say: the variable of the request's credential without a value, which no answer shows before one comes. */
export function unsetToo(clues: Clues): readonly string[] {
  const credential = failingRequest(clues)?.credential;
  if (credential?.kind !== 'unresolved' || isSentAnyway(clues.run, credential)) return [];
  return [
    `beside that, ${credential.variable} has no value here (${formatSource(credential.source)}): a registry that is not open to everybody refuses the request without a token`,
  ];
}

/** What was seen: the system's code and text. */
export function seenUnreachable(clues: Clues): string {
  const { outcome, host } = unreachable(clues);
  const named = namedElsewhere(clues);
  const led =
    outcome.at !== undefined
      ? `a redirect of the tarball leads to ${host}; `
      : named
        ? `${seenElsewhere(named)}; `
        : '';
  return `${led}${outcome.code}: ${outcome.message}${outcome.attempts > 1 ? ` (${outcome.attempts} attempts)` : ''}`;
}

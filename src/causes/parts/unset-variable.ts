import { type Clues, type Occurrence, type RunFacts, ruledOut, type Verdict } from '../../domain/cause.ts';
import type { ClientStop, ConfigProblem } from '../../domain/client.ts';
import { isForwarded } from '../../domain/own-answer.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { serverMessage, statusOf } from '../../domain/probe.ts';
import type { Remedy } from '../../domain/remedy.ts';
import { type Source, sameSource } from '../../domain/source.ts';
import { unaskedCredentials } from '../../domain/unasked-credentials.ts';
import { type FailingRequest, failingRequest, isRefusal } from './failing-request.ts';
import { ignoredFile, shownPath } from './ignored-file.ts';
import { malformedCredential } from './malformed-line.ts';
import { meantInstead } from './meant-instead.ts';
import { type Placeholder, placeholderToken } from './placeholder.ts';
import { isGivenByCi } from './token-of-server.ts';
import { mayLieElsewhere, uncoveredRequest, uncoveredVerdict } from './uncovered.ts';
import { unsetInKey } from './unset-key.ts';
import { hiddenByAddress, unsetInRegistry, unsetInRegistryVerdict } from './unset-registry.ts';
import { fieldOfKey, urlOfKey } from './url-of-key.ts';

/** A variable without a value, with the line that refers to it and the key that stands there. */
export interface UnsetVariable {
  variable: string;
  source: Source;
  key: string;
  /** The text that the client sends as its token all the same; `null` when it sends none. */
  sends: string | null;
  /** Something is sent in place of a token. */
  is?: Placeholder['is'];
  /** It stands in the address that the key is for, which matches no request then. */
  in?: 'key';
}

type UnsetProblem = Extract<ConfigProblem, { kind: 'unset-variable' }>;

/** The variable without a value that a case's request stands on; `null` when there is none. */
export function unsetVariable(clues: Clues): UnsetVariable | null {
  const { target, result } = clues.case;
  if (result.kind === 'client-stops') return variableOfStop(clues.run, result.stop);
  const inAddress = unsetInRegistry(clues);
  if (inAddress) return inAddress;
  const placeholder = placeholderToken(clues);
  if (placeholder) return { ...placeholder, sends: null };
  const asked = result.kind === 'tarball-failed' ? target.tarball : target.metadata;
  if (asked?.credential.kind === 'unresolved')
    return isSentAnyway(clues.run, asked.credential) ? null : asked.credential;
  const inKey = unsetInKey(clues);
  if (inKey) return inKey;
  const dropped = variableOfDroppedFile(clues);
  return dropped && !malformedCredential(clues.run, dropped.source) ? dropped : null;
}

/** Ends of a client that no value of a variable mends: the key itself may not stand there (measured: a08-a11, x14). */
const stopsAtKey: readonly string[] = ['ERR_INVALID_AUTH', 'EUNKNOWNCONFIG'];

/** The variable without a value at whose line the client ends; `null` where it ends for anything else, whatever else has no value. */
export function variableOfStop(run: RunFacts, stop: ClientStop): UnsetVariable | null {
  if (stopsAtKey.includes(stop.code)) return null;
  const here = unsetProblems(run).filter(({ setting }) => sameSource(setting.source, stop.source));
  if (malformedCredential(run, stop.source)?.refersTo) return null;
  const found = here.find(({ variable }) => stop.message.includes(variable)) ?? here[0];
  return found ? ofProblem(found) : null;
}

/** pnpm up to 10 drops a whole file for one variable without a value, and with it what this case needs (measured: clients.md section 2). */
export function variableOfDroppedFile(clues: Clues): UnsetVariable | null {
  const dropped = ignoredFile(clues);
  if (!dropped) return null;
  const path = shownPath(clues.run, dropped.file.path);
  const found = unsetProblems(clues.run).find(
    ({ setting: { source } }) => source.kind === 'file' && source.path === path,
  );
  return found ? ofProblem(found) : null;
}

function unsetProblems(run: RunFacts): readonly UnsetProblem[] {
  return run.client.problems.filter((problem) => problem.kind === 'unset-variable');
}

function ofProblem({ variable, setting: { source, key, written } }: UnsetProblem): UnsetVariable {
  const isInKey = fieldOfKey(key) !== null && !written.includes(variable);
  return { variable, source, key, sends: null, ...(isInKey && { in: 'key' as const }) };
}

/**
 * Whether a value of the variable would change nothing: the line is malformed, or holds what only looks like a reference to this client
 * (measured: clients.md section 2).
 */
export function isSentAnyway(
  run: RunFacts,
  { source, sends, variable, isKept = false }: UnsetVariable & { isKept?: boolean },
): boolean {
  if (isKept || malformedCredential(run, source)) return true;
  return sends !== null && /^(\$[A-Za-z_]\w*|%\w+%)$/.test(sends) && !isReplaced(run, source, variable);
}

/** Whether the client takes the name for a reference to a variable, which has no value. */
function isReplaced({ client }: RunFacts, at: Source, variable: string): boolean {
  return client.settings.some(
    ({ source, variables }) => sameSource(source, at) && variables.some(({ name }) => name === variable),
  );
}

/** Confirmed when a variable without a value keeps the case's credential empty. `given` picks the CI's own variables or all others. */
export function unsetVerdict(clues: Clues, given: boolean): Verdict {
  const unset = unsetVariable(clues);
  if (!unset || isGivenByCi(unset.variable) !== given) return ruledOut;
  if (['client-stops', 'asks-public-registry', 'publish-refused'].includes(clues.case.result.kind))
    return { kind: 'confirmed', because: ['configuration'], hides: hiddenByAddress(clues, unset) };
  const inAddress = unsetInRegistryVerdict(clues);
  if (inAddress.kind !== 'ruled-out') return inAddress;
  const uncovered = unset.in === 'key' ? uncoveredRequest(clues) : null;
  if (uncovered) return uncoveredVerdict(uncovered, clues);
  const request = failingRequest(clues);
  const because = ['configuration', 'metadata'];
  const sendsNothing = unset.sends === null && unset.is === undefined;
  // only whoever may read there is told so: the place is open to anyone
  if (sendsNothing && request && /package not found/i.test(serverMessage(request.observation.outcome) ?? ''))
    return ruledOut;
  // the place that holds it, or will hold it, may be open to anyone
  const elsewhere = request?.kind === 'metadata' && mayLieElsewhere(clues);
  const needsNone = clues.access !== null && clues.access.faults['credential-uncovered'] !== 'always';
  const mayNotBe = request !== null && mayNotBeThere(clues, request);
  if (mayNotBe || (request && sendsNothing && isRefusal(request.observation) && (elsewhere || needsNone)))
    return {
      kind: 'possible',
      because,
      decidedBy: 'the same request with a token that may read the package',
    };
  return request && isRefusal(request.observation) && !isForwarded(request.observation)
    ? { kind: 'confirmed', because: ['configuration', request.kind] }
    : ruledOut;
}

/** A server of others may say 404 to whoever may not read, and of what it does not have. */
function mayNotBeThere({ github }: Clues, { url, observation }: FailingRequest): boolean {
  return github === null && prefixOf(url) === null && statusOf(observation.outcome) === 404;
}

/** The same as a warning where no server is asked; `title` speaks of the variable, `other` is the cure where a value is none. */
export function unsetOffline(
  run: RunFacts,
  given: boolean,
  title: (variable: string) => string,
  other: (unset: UnsetVariable) => Remedy | null = () => null,
): readonly Occurrence[] {
  return unaskedCredentials(run).flatMap(({ credential }): readonly Occurrence[] => {
    if (credential.kind !== 'unresolved' || isSentAnyway(run, credential)) return [];
    const { variable, source, key } = credential;
    if (isGivenByCi(variable) !== given) return [];
    const remedy = other(credential) ?? {
      who: 'whoever runs this',
      summary: `set ${variable} where the install runs`,
      steps: [
        ...meantInstead(run, variable, urlOfKey(run, key)),
        `on a laptop this is usual: in the job ${variable} must have a value`,
      ],
    };
    return [
      {
        severity: 'warning',
        packages: [],
        statement: { title: title(variable), seen: null, location: source, remedy },
      },
    ];
  });
}

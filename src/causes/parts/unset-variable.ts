import { type Clues, type Occurrence, type RunFacts, ruledOut, type Verdict } from '../../domain/cause.ts';
import { isForwarded } from '../../domain/own-answer.ts';
import { serverMessage } from '../../domain/probe.ts';
import type { Source } from '../../domain/source.ts';
import { failingRequest, isRefusal } from './failing-request.ts';
import { ignoredFile, shownPath } from './ignored-file.ts';
import { placeholderToken } from './placeholder.ts';
import { unaskedCredentials } from './unasked-credentials.ts';
import { mayLieElsewhere } from './uncovered.ts';

/** The variable without a value that a case's request stands on, with the line that refers to it; `null` when there is none. */
export function unsetVariable(
  clues: Clues,
): { variable: string; source: Source; sends: string | null; is?: 'placeholder' | 'reference' } | null {
  const { target, result } = clues.case;
  const placeholder = placeholderToken(clues);
  if (placeholder) return { ...placeholder, sends: null };
  const asked = result.kind === 'tarball-failed' ? target.tarball : target.metadata;
  if (asked?.credential.kind === 'unresolved') {
    if (isLiteralReference(asked.credential.sends)) return null;
    return result.kind === 'client-stops' ? { ...asked.credential, sends: null } : asked.credential;
  }
  if (result.kind !== 'client-stops') return variableOfDroppedFile(clues);
  for (const problem of clues.run.client.problems) {
    if (problem.kind === 'unset-variable') {
      return { variable: problem.variable, source: problem.setting.source, sends: null };
    }
  }
  return null;
}

/** pnpm up to 10 drops a whole file for one variable without a value, and with it what this case needs (measured: clients.md section 2). */
function variableOfDroppedFile(clues: Clues): { variable: string; source: Source; sends: null } | null {
  const dropped = ignoredFile(clues);
  if (!dropped) return null;
  const path = shownPath(clues.run, dropped.file.path);
  for (const problem of clues.run.client.problems) {
    if (problem.kind !== 'unset-variable') continue;
    const { source } = problem.setting;
    if (source.kind === 'file' && source.path === path)
      return { variable: problem.variable, source, sends: null };
  }
  return null;
}

/** `$NAME` or `%NAME%`: npm expands only `${NAME}`, so the variable's value does not matter (measured: clients.md section 2). */
export function isLiteralReference(sends: string | null): boolean {
  return sends !== null && /^(\$[A-Za-z_]\w*|%\w+%)$/.test(sends);
}

/** The variables that a CI gives to each job by itself. */
export function isGivenByCi(variable: string): boolean {
  return variable === 'CI_JOB_TOKEN' || variable === 'GITHUB_TOKEN';
}

/** Confirmed when a variable without a value keeps the case's credential empty. `given` picks the CI's own variables or all others. */
export function unsetVerdict(clues: Clues, given: boolean): Verdict {
  const unset = unsetVariable(clues);
  if (!unset || isGivenByCi(unset.variable) !== given) return ruledOut;
  if (['client-stops', 'asks-public-registry', 'publish-refused'].includes(clues.case.result.kind))
    return { kind: 'confirmed', because: ['configuration'] };
  const request = failingRequest(clues);
  const because = ['configuration', 'metadata'];
  const sendsNothing = unset.sends === null && unset.is === undefined;
  // only whoever may read there is told so: the place is open to anyone
  if (sendsNothing && request && /package not found/i.test(serverMessage(request.observation.outcome) ?? ''))
    return ruledOut;
  // the place that holds it, or will hold it, may be open to anyone
  const elsewhere = request?.kind === 'metadata' && mayLieElsewhere(clues);
  const needsNone = clues.access !== null && clues.access.faults['credential-uncovered'] !== 'always';
  if (request && sendsNothing && isRefusal(request.observation) && (elsewhere || needsNone))
    return {
      kind: 'possible',
      because,
      decidedBy: 'the same request with a token that may read the package',
    };
  return request && isRefusal(request.observation) && !isForwarded(request.observation)
    ? { kind: 'confirmed', because: ['configuration', request.kind] }
    : ruledOut;
}

/** The same as a warning where no server is asked; `title` speaks of the variable. */
export function unsetOffline(
  run: RunFacts,
  given: boolean,
  title: (variable: string) => string,
): readonly Occurrence[] {
  return unaskedCredentials(run).flatMap(({ credential }): readonly Occurrence[] => {
    if (credential.kind !== 'unresolved' || isLiteralReference(credential.sends)) return [];
    const { variable, source } = credential;
    if (isGivenByCi(variable) !== given) return [];
    const remedy = {
      who: 'whoever runs this',
      summary: `set ${variable} where the install runs`,
      steps: [`on a laptop this is usual: in the job ${variable} must have a value`],
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

import type { Clues, RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { statusOf } from '../../domain/probe.ts';
import { isWebUrl } from '../../domain/registry-key.ts';
import { type Source, sameSource } from '../../domain/source.ts';
import { failingRequest, isRefusal } from './failing-request.ts';
import { wouldCover } from './kept-key.ts';
import { type MalformedLine, malformedCredential, malformedLines } from './malformed-line.ts';
import { isOfJobsGitLab, isThere, variableFor } from './token-of-server.ts';
import { uncoveredRequest } from './uncovered.ts';
import { variableOfDroppedFile, variableOfStop } from './unset-variable.ts';
import { scopeOfKey, urlOfKey } from './url-of-key.ts';

/**
 * The malformed line on which a case fails: the one at which the client stops or drops its file, the one that was to map its scope, that of its registry
 * or of what is sent as its token, or the one that was to be the key that no request carries.
 */
export function guiltyLine(clues: Clues): MalformedLine | null {
  const lines = malformedLines(clues.run);
  const scope = scopeOf(clues.case.target.dependency.name);
  const { result } = clues.case;
  if (result.kind === 'client-stops') {
    const line = variableOfStop(clues.run, result.stop)
      ? null
      : malformedCredential(clues.run, result.stop.source);
    // what can't be put right in the line alone is told as the client tells it
    return line?.corrected || line?.ofPassword ? line : null;
  }
  const dropped = variableOfDroppedFile(clues);
  const reason = dropped && malformedCredential(clues.run, dropped.source);
  if (reason) return reason;
  if (result.kind === 'asks-public-registry')
    return (
      (scope !== null &&
        lines.find(
          (line) =>
            line.registries?.has(scope) || meant(line).some((text) => text.includes(`${scope}:registry`)),
        )) ||
      null
    );
  if (clues.case.publishing?.address) return ownLine(clues);
  const { registry } = clues.case.target;
  const isAsked = registry.url === null || isWebUrl(registry.url);
  if (!isAsked && (result.kind === 'metadata-failed' || result.kind === 'refused-by-client'))
    return ownLine(clues);
  const request = failingRequest(clues);
  if (!request) return null;
  if (isNamedTwice(clues)) return ownLine(clues);
  // what is gone for good, as GitLab's API v3 is, is refused like what is hidden
  if (!isRefusal(request.observation) && statusOf(request.observation.outcome) !== 410) return null;
  if (request.kind === 'metadata') {
    const own = ownLine(clues);
    if (own) return own;
  }
  const { credential } = request;
  if (credential.kind !== 'none') {
    const line = malformedCredential(clues.run, credential.source);
    return line?.ofPassword && takesTokensOnly(clues) ? null : line;
  }
  const uncovered = uncoveredRequest(clues);
  if (!uncovered) return null;
  // a server that asks for a credential needs one, whatever it is
  const isAskedFor = statusOf(request.observation.outcome) === 401 && uncovered.token === 'untested';
  if (uncovered.token !== 'proven' && !clues.github && !isAskedFor) return null;
  const isKey = (text: string) =>
    wouldCover(clues, text.slice(Math.max(text.indexOf('//'), 0))) ||
    (scope !== null && text.startsWith(`${scope}:_`));
  return lines.find((line) => meant(line).some(isKey)) ?? null;
}

/** Whether `https://` stands in front of the registry's address twice, of which the host is then `https`, with a line that says so. */
export function isNamedTwice(clues: Clues): boolean {
  return /^https?:\/\/https?:?\//i.test(clues.case.target.registry.url ?? '') && ownLine(clues) !== null;
}

/** What is wrong with the line of the case's registry. */
function ownLine({ run, case: { target } }: Clues): MalformedLine | null {
  return (
    malformedLines(run).find(
      ({ isEmpty, source }) => !isEmpty && sameSource(source, target.registry.source),
    ) ?? null
  );
}

/**
 * The line as it must be: as the line itself tells, or for a credential that is keyed by its scope, keyed by the case's registry. `null` where
 * neither can be told. A variable without a value gives way to the job's own token where that is for the server.
 */
export function correctedLine(
  { corrected, line, refersTo, source, ofPassword, hides: [key = ''] = [] }: MalformedLine,
  clues: Clues,
): string | null {
  const { target } = clues.case;
  if (ofPassword && corrected !== null && takesTokensOnly(clues)) {
    const { url } = target.registry;
    const variable = variableFor(clues.run, url, scopeOf(target.dependency.name));
    return corrected.replace(/:_password\s*=.*$/s, `:_authToken=\${${variable}}`);
  }
  const own =
    corrected === null || !refersTo || refersTo.hasValue ? null : jobsVariable(clues.run, source, corrected);
  if (corrected !== null && refersTo && own !== null) {
    const at = corrected.lastIndexOf(refersTo.name);
    return `${corrected.slice(0, at)}${own}${corrected.slice(at + refersTo.name.length)}`;
  }
  const field = /^@[^:]+(:_\w+)$/.exec(key)?.[1];
  const { url } = target.registry;
  if (corrected !== null || field === undefined || url === null) return corrected;
  return `${url.replace(/^https?:/i, '').replace(/\/?$/, '/')}${field}${line.slice(line.indexOf('='))}`;
}

/** Whether the registry of a case takes no user with password, as GitLab and GitHub for npm packages (measured: clients.md section 3). */
function takesTokensOnly({ github, case: { target } }: Clues): boolean {
  return github !== null || target.prefix !== null;
}

/** What a line was to set: the line as it must be, and the keys that it hides. */
function meant({ corrected, hides = [] }: MalformedLine): readonly string[] {
  return corrected === null ? hides : [corrected, ...hides];
}

/** The variable of the job whose token is for the server of a line; `null` where the line is for another, or the job has none. */
function jobsVariable(run: RunFacts, source: Source, line: string): string | null {
  const key = (source.kind === 'file' && source.key) || line;
  const url = urlOfKey(run, key);
  const variable = url !== null && isOfJobsGitLab(run, url) ? variableFor(run, url, scopeOfKey(key)) : null;
  return variable !== null && isThere(run, variable) ? variable : null;
}

import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import type { ConfigProblem } from '../domain/client.ts';
import type { Secret } from '../domain/secret.ts';
import { formatSource } from '../domain/source.ts';
import { changeLine, writtenLine } from './parts/add-line.ts';
import { plannedRegistry } from './parts/config-lines.ts';
import { failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

type Shadowed = Extract<ConfigProblem, { kind: 'shadowed' }>;

/** A nearer file or variable wins over the good setting (measured: clients.md section 5). */
export const overriddenByOtherRc: Cause = {
  code: 'NP108',
  slug: 'overridden-by-other-rc',
  title: 'a nearer file or variable wins over the good setting',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token', 'other-prefixes'],
  hides: [
    'package-not-found',
    'project-not-found',
    'forwarded-to-public',
    'scope-is-not-root-namespace',
    'variable-unset',
    'token-rejected',
    'not-a-registry',
    'host-unresolved',
    'connection-failed',
  ],
  example: 'overridden-by-project-rc',
  weigh(clues) {
    if (clues.case.result.kind === 'ok') return ruledOut;
    if (!clues.case.publishing && registryShadow(clues))
      return { kind: 'confirmed', because: ['configuration'] };
    const request = failingRequest(clues);
    if (!credentialShadow(clues) || !request) return ruledOut;
    if (tokenOpensIt(request))
      return { kind: 'confirmed', because: ['configuration', `${request.kind}-with-token`] };
    // GitHub is asked with no other token: a reference without a value that wins over a credential is enough
    return clues.github && request.credential.kind === 'unresolved' && isRefusal(request.observation)
      ? { kind: 'confirmed', because: ['configuration', request.kind] }
      : ruledOut;
  },
  state(clues) {
    const shadow = registryShadow(clues) ?? credentialShadow(clues);
    if (!shadow) throw new Error('no setting is overridden');
    const { winner, loser } = shadow;
    return {
      title: `${winner.key} in ${formatSource(winner.source)} wins over the one in ${formatSource(loser.source)}`,
      seen: seenLine(clues, 'configuration'),
      location: winner.source,
      remedy: {
        who:
          winner.source.kind === 'file'
            ? 'whoever maintains this repository'
            : 'whoever maintains this pipeline',
        summary: `take the setting out of ${formatSource(winner.source)}, or correct it there`,
        steps: [
          `in force: ${winner.written} (${formatSource(winner.source)})${winner.variables.some(({ state }) => state !== 'set') ? ', which has no value here' : ''}`,
          `without effect: ${loser.written} (${formatSource(loser.source)})`,
        ],
        ...(winner.source.kind === 'file' && !loser.written.includes('…')
          ? {
              edit: changeLine(
                clues.run,
                winner.source,
                writtenLine(winner.source, winner.key, winner.written),
                writtenLine(winner.source, winner.key, loser.written),
              ),
            }
          : {}),
      },
    };
  },
};

/** The scope's registry in force is not the planned one, and the planned one stands in a weaker place. */
function registryShadow(clues: Clues): Shadowed | null {
  const { registry, dependency } = clues.case.target;
  const planned = plannedRegistry(clues.run, dependency.name);
  if (registry.key === null || planned === null || registry.url === planned) return null;
  return (
    shadows(clues).find(
      ({ winner, loser }) => winner.key === registry.key && winner.inEffect && sameUrl(loser.value, planned),
    ) ?? null
  );
}

/** The credential in force is unresolved or refused, and a weaker place has another for the same key. */
function credentialShadow(clues: Clues): Shadowed | null {
  const credential = failingRequest(clues)?.credential;
  if (!credential || credential.kind === 'none') return null;
  return (
    shadows(clues).find(
      ({ winner, loser }) =>
        winner.key === credential.key &&
        winner.inEffect &&
        loser.variables.every(({ state }) => state === 'set') &&
        loser.written !== winner.written,
    ) ?? null
  );
}

function shadows(clues: Clues): readonly Shadowed[] {
  return clues.run.client.problems.filter((problem) => problem.kind === 'shadowed');
}

function sameUrl(value: string | Secret, url: string): boolean {
  return typeof value === 'string' && value.replace(/\/*$/, '/') === url;
}

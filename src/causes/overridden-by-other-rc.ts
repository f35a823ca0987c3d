import { type Cause, type Clues, ruledOut, type Statement, type Verdict } from '../domain/cause.ts';
import type { ConfigProblem } from '../domain/client.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { type Secret, sameSecret } from '../domain/secret.ts';
import { formatSource, sameSource } from '../domain/source.ts';
import { changeSetting } from './parts/change-setting.ts';
import { plannedRegistry } from './parts/config-lines.ts';
import { failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { foundElsewhere } from './parts/found-elsewhere.ts';
import { type LoginBeside, linesOf, loginBeside } from './parts/login-beside.ts';
import { malformedLines } from './parts/malformed-line.ts';
import { isOwn } from './parts/other-address.ts';
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
    const registry = registryVerdict(clues);
    if (registry.kind === 'confirmed') return registry;
    const request = failingRequest(clues);
    if (loginLoses(clues))
      return {
        kind: 'possible',
        because: ['configuration'],
        decidedBy: 'the same request with the user and the password',
      };
    if (!credentialShadow(clues) || !request) return registry;
    if (tokenOpensIt(request))
      return { kind: 'confirmed', because: ['configuration', `${request.kind}-with-token`] };
    // GitHub is asked with no other token: a reference without a value that wins over a credential is enough
    return clues.github && request.credential.kind === 'unresolved' && isRefusal(request.observation)
      ? { kind: 'confirmed', because: ['configuration', request.kind] }
      : registry;
  },
  state(clues) {
    const matters = registryVerdict(clues).kind !== 'ruled-out';
    const beside = matters ? null : loginLoses(clues);
    if (beside) return statementOfLogin(clues, beside);
    const shadow = (matters ? registryShadow(clues) : null) ?? credentialShadow(clues);
    if (!shadow) throw new Error('no setting is overridden');
    const { winner, loser } = shadow;
    const { steps = [], ...change } =
      winner.source.kind === 'file' && !loser.written.includes('…')
        ? changeSetting(clues.run, winner, { key: winner.key, text: loser.written })
        : {};
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
          ...steps,
        ],
        ...change,
      },
    };
  },
};

/**
 * A refused token with a user and a password under the same key, at a registry that may take them: no GitLab and no GitHub takes such a pair for npm
 * packages (measured: clients.md section 3).
 */
function loginLoses(clues: Clues): LoginBeside | null {
  const request = failingRequest(clues);
  if (clues.github || clues.case.target.prefix !== null || !request || !isRefusal(request.observation))
    return null;
  return loginBeside(clues);
}

function statementOfLogin(clues: Clues, beside: LoginBeside): Statement {
  const { source } = beside.token;
  const { steps, ...change } = changeSetting(clues.run, beside.token, null);
  const { client } = clues.run.client;
  const lines = linesOf(beside);
  return {
    title: `the token in ${formatSource(source)} wins over the user and password of the same key in ${lines}`,
    seen: seenLine(clues, 'configuration'),
    location: source,
    remedy: {
      who: source.kind === 'file' ? 'whoever maintains this repository' : 'whoever maintains this pipeline',
      summary: `take the token in ${formatSource(source)} out, if user and password are the ones that are right`,
      steps: [
        `${client.name} sends the token alone where a key has both, and the server refuses it`,
        `if the token is the right one: put a live one there, and take ${lines} out`,
        ...(source.kind === 'file' ? steps : []),
      ],
      ...(source.kind === 'file' ? change : {}),
    },
  };
}

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

/** Whether the failure is one that the registry of the weaker place would not have. */
function registryVerdict(clues: Clues): Verdict {
  const { result, publishing, target } = clues.case;
  const shadow = publishing ? null : registryShadow(clues);
  const planned = plannedRegistry(clues.run, target.dependency.name);
  if (shadow === null || planned === null) return ruledOut;
  // a line that can't mean what it looks like is mended where it stands
  if (malformedLines(clues.run).some(({ source }) => sameSource(source, shadow.winner.source)))
    return ruledOut;
  switch (result.kind) {
    case 'metadata-failed':
      return servedVerdict(clues, planned);
    case 'tarball-failed':
      return opensTarball(clues, planned)
        ? { kind: 'confirmed', because: ['configuration', 'tarball-with-token'] }
        : ruledOut;
    case 'asks-public-registry':
      return { kind: 'confirmed', because: ['configuration'] };
    case 'refused-by-client':
      return confirmedIf(!refuses(clues, result.request, planned));
    case 'client-stops':
      return confirmedIf(sameSource(result.stop.source, shadow.winner.source));
    default:
      return ruledOut;
  }
}

function confirmedIf(isCertain: boolean): Verdict {
  return isCertain ? { kind: 'confirmed', because: ['configuration'] } : ruledOut;
}

/**
 * Certain where the planned registry was seen to have the package. One that no question goes to is certain on another server than the one in force, since the
 * input `registries` names it; on the same one what is refused here may be refused there.
 */
function servedVerdict(clues: Clues, planned: string): Verdict {
  const { apiUrl } = clues.run.environment;
  const { url } = clues.case.target.registry;
  const isElsewhere = url === null || !sameOrigin(url, planned);
  const seen = clues.observation(`other-prefixes:${planned}`);
  if (seen?.outcome.kind === 'answered') {
    const isFound = isElsewhere
      ? statusOf(seen.outcome) === 200
      : foundElsewhere(clues).some((prefix) => prefixUrl(prefix) === planned);
    return isFound ? { kind: 'confirmed', because: ['configuration', 'other-prefixes'] } : ruledOut;
  }
  const prefix = prefixOf(planned);
  const isAsked = prefix !== null && apiUrl !== null && isOwn(prefix, apiUrl);
  if (isElsewhere && !isAsked) return { kind: 'confirmed', because: ['configuration'] };
  return {
    kind: 'possible',
    because: ['configuration'],
    decidedBy: `the same request at ${planned}`,
    unlikely: true,
  };
}

/** Whether the tarball lacks the token that the planned registry would lend it. */
function opensTarball(clues: Clues, planned: string): boolean {
  const request = failingRequest(clues);
  if (request === null || !tokenOpensIt(request)) return false;
  const { secret } = clues.run.environment.credential;
  const lent = clues.run.client.credentialFor(request.url, planned);
  return lent.kind === 'token' && secret !== null && sameSecret(lent.secret, secret);
}

function refuses(
  { run, case: { target } }: Clues,
  request: 'metadata' | 'tarball',
  planned: string,
): boolean {
  const { client } = run;
  const { dependency, tarball } = target;
  if (request === 'metadata' || tarball === null) {
    const url = client.metadataUrl(planned, dependency.name);
    return (client.refusesUrl?.(url, planned) ?? null) !== null;
  }
  const stop = client.refusesUrl?.(tarball.url, planned) ?? client.refusal(tarball.url, planned, dependency);
  return stop !== null;
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

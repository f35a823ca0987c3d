import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { describePrefix, type Prefix, prefixUrl } from '../domain/prefix.ts';
import { type Observation, serverMessage, statusOf } from '../domain/probe.ts';
import { sameSecret } from '../domain/secret.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { type FailingRequest, failingRequest } from './parts/failing-request.ts';
import { foundElsewhere, heldElsewhere } from './parts/found-elsewhere.ts';
import { mapToPrefix } from './parts/map-to-prefix.ts';
import { ownAddress } from './parts/other-address.ts';
import { seenLine } from './parts/seen.ts';

/** The instance prefix only serves a scope that is the root namespace of the package's project (GitLab model, section 3). */
export const scopeIsNotRootNamespace: Cause = {
  code: 'NP112',
  slug: 'scope-is-not-root-namespace',
  title: 'the instance prefix can not serve this scope',
  severity: 'error',
  needs: ['other-prefixes', 'job'],
  hides: ['package-not-found', 'forwarded-to-public'],
  example: 'wrong-scope',
  ofPackage: true,
  weigh(clues) {
    const request = failingRequest(clues);
    if (clues.case.target.prefix?.kind !== 'instance' || request?.kind !== 'metadata') return ruledOut;
    const absent = isForwarded(request.observation) || saysAbsent(request.observation);
    if (!absent || ownAddress(clues)) return ruledOut;
    if (foundElsewhere(clues).length > 0 || placeInStead(clues))
      return { kind: 'confirmed', because: ['metadata', 'other-prefixes'] };
    const fault = clues.access?.faults['scope-is-not-root-namespace'];
    return fault === 'never' || fault === 'beside'
      ? ruledOut
      : {
          kind: 'possible',
          because: ['metadata'],
          decidedBy:
            'the full path of the project that publishes the package: its first segment must equal the scope',
          unlikely: isOwnRootNamespace(clues),
        };
  },
  state(clues) {
    const { name } = clues.case.target.dependency;
    const scope = scopeOf(name);
    const found = foundElsewhere(clues)[0];
    const better = found ?? placeInStead(clues);
    const { registry } = clues.case.target;
    return {
      title: scope
        ? `the instance prefix can not serve ${scope}: it is not the root namespace of the package's project`
        : `the instance prefix can not serve ${name}: it only finds scoped names`,
      seen: seenLine(clues, 'place'),
      location: registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: better
          ? `map ${scope ?? name} to the ${describePrefix(better)} prefix`
          : `map ${scope ?? name} to the group or project prefix of its packages`,
        ...(better
          ? mapToPrefix(clues, scope, better, [
              `${name} is ${found ? 'found' : 'held'} at the ${describePrefix(better)} prefix: map the scope there`,
              ...(found ? [] : ['whether that prefix gives it to the token that is sent, the next run says']),
            ])
          : {
              steps: [
                `on GitLab the instance prefix finds @scope/name only below the root group "scope"`,
                `map ${scope ?? 'the registry'} to …/groups/<id>/-/packages/npm/ or …/projects/<id>/packages/npm/, or publish under the root group's name`,
              ],
            }),
      },
    };
  },
};

/** In GitLab's own words: what a gateway in front refuses may be there. */
function saysAbsent({ outcome }: Observation): boolean {
  return (
    statusOf(outcome) === 404 &&
    /\b(?:project|packages?) not found$/i.test(serverMessage(outcome)?.trim() ?? '')
  );
}

/** The scope is the root namespace of the consumer at least: then the package is more likely missing than published below another. */
function isOwnRootNamespace({ run, case: { target } }: Clues): boolean {
  const own = run.environment.consumer?.rootNamespace.toLowerCase();
  return own !== undefined && scopeOf(target.dependency.name)?.slice(1).toLowerCase() === own;
}

/** The group prefix that holds the package, where the instance prefix surely has nothing. */
function placeInStead(clues: Clues): Prefix | null {
  const request = failingRequest(clues);
  if (request === null || !hasNone(clues, request)) return null;
  return heldElsewhere(clues).find(({ kind }) => kind === 'group') ?? null;
}

/** Whether a 404 of the instance prefix says that nothing is there: nobody gets 401 for what is hidden, and a job's token 403 since 17.4 (GitLab model, section 3). */
function hasNone(clues: Clues, { observation, credential }: FailingRequest): boolean {
  if (isForwarded(observation)) return true;
  if (/packages? not found/i.test(serverMessage(observation.outcome) ?? '')) return true;
  const tags = clues.observation('dist-tags:nobody');
  if (tags && saysAbsent(tags)) return true;
  // whoever sends no token is asked for one where something is hidden
  if (credential.kind === 'none') return true;
  const version = parseServerVersion(clues.run.environment.serverVersion);
  const own = clues.run.environment.credential;
  if (own.kind !== 'job-token' || own.secret === null || version === null || !atLeast(version, 17, 4))
    return false;
  if (credential.kind === 'token' && sameSecret(own.secret, credential.secret)) return true;
  const { prefix } = clues.case.target;
  const toldJob = prefix && clues.observation(`other-prefixes:${prefixUrl(prefix)}`);
  return toldJob != null && statusOf(toldJob.outcome) === 404;
}

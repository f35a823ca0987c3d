import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { failingRequest } from './parts/failing-request.ts';
import { askedElsewhere, foundElsewhere, heldElsewhere } from './parts/found-elsewhere.ts';
import { replacedHost } from './parts/replaced-host.ts';
import { seenLine } from './parts/seen.ts';
import { workspaceSteps } from './parts/workspace-steps.ts';

/**
 * The registry holds nothing under a private name and redirects to the public npm registry (GitLab model, section 4):
 * whoever owns the name there is installed.
 */
export const forwardedToPublic: Cause = {
  code: 'NP503',
  slug: 'forwarded-to-public',
  title: 'a private name is answered by a redirect to the public npm registry',
  severity: 'error',
  needs: ['other-prefixes', 'job'],
  hides: ['package-not-found', 'scope-is-not-root-namespace'],
  example: 'forwarded-to-public',
  ofPackage: true,
  weigh(clues) {
    if (namesPublicTarball(clues)) return { kind: 'confirmed', because: ['metadata'] };
    const request = failingRequest(clues);
    if (request?.kind !== 'metadata' || !isForwarded(request.observation)) return ruledOut;
    if (foundElsewhere(clues).length > 0 || heldElsewhere(clues).length > 0) return ruledOut;
    return askedElsewhere(clues)
      ? { kind: 'confirmed', because: ['metadata', 'other-prefixes'] }
      : {
          kind: 'possible',
          because: ['metadata'],
          decidedBy: 'the package registry page of the project that should publish it',
        };
  },
  state(clues) {
    const { result } = clues.case;
    if (result.kind === 'tarball-at-public-registry') return namedStatement(clues, result.tarball);
    const { name } = clues.case.target.dependency;
    const request = failingRequest(clues);
    const hop =
      request?.observation.outcome.kind === 'answered' ? request.observation.outcome.hops.at(-1) : undefined;
    const host = hop ? new URL(hop.to).host : 'the public npm registry';
    const own = clues.run.environment.consumer?.rootNamespace;
    const isGitLab = clues.case.target.prefix !== null;
    const holder = isGitLab ? 'GitLab' : new URL(request?.url ?? 'https://server.example').host;
    return {
      title: `${holder} holds no ${name} and sends the client to ${host}`,
      seen: seenLine(clues, 'place'),
      location: null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `do not install ${name} until it is published on ${holder}: the name is open to anybody on the public npm registry`,
        steps: [
          `stop here: an install would take whatever ${host} has under ${name} (dependency confusion)`,
          ...workspaceSteps(clues),
          ...(isGitLab
            ? [
                `check the spelling and that ${name} is published; on the instance prefix its project must lie below the root group "${scopeOf(name)?.slice(1) ?? own ?? name}"`,
                'an Owner of the group can switch forwarding off: Settings > Packages and registries > "Forward npm package requests"',
              ]
            : [
                `check the spelling and that ${name} is published there, and whether ${holder} is the registry of ${scopeOf(name) ?? name}`,
                `whoever runs ${holder} can keep it from passing on requests for ${scopeOf(name) ?? name}`,
              ]),
        ],
      },
    };
  },
};

/** The metadata of a private registry names a tarball of the public one: it passes on what it was told there. */
function namesPublicTarball(clues: Clues): boolean {
  const { result, target } = clues.case;
  const isNamed = target.dependency.locked?.tarball == null && clues.observation('metadata') !== null;
  return result.kind === 'tarball-at-public-registry' && isNamed && replacedHost(clues) === null;
}

function namedStatement(clues: Clues, tarball: string): Statement {
  const { registry, dependency } = clues.case.target;
  const { name } = dependency;
  const asked = new URL(registry.url ?? tarball).host;
  const { host } = new URL(tarball);
  return {
    title: `the metadata of ${name} at ${asked} names a tarball of ${host}, the public npm registry`,
    seen: `${seenLine(clues, 'place')}, tarball at ${tarball}`,
    location: registry.source,
    remedy: {
      who: 'whoever maintains this repository, or the registry',
      summary: `do not install ${name} until ${asked} has one of its own: the name is open to anybody on the public npm registry`,
      steps: [
        `stop here: an install would take what ${host} has under ${name} (dependency confusion)`,
        `publish ${name} to ${asked}, and let it pass on no request for ${scopeOf(name) ?? name}`,
        `or, where ${name} is a public package: name the scopes to check by the input scopes, without ${scopeOf(name) ?? 'its own'}`,
      ],
    },
  };
}

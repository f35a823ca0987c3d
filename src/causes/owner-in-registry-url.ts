import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { pathBehindRegistry } from '../domain/github-registry-of.ts';
import { statusOf } from '../domain/probe.ts';
import { mapRegistry } from './parts/add-line.ts';
import { failingRequest } from './parts/failing-request.ts';
import { githubOf } from './parts/github-place.ts';
import { keyedAtGitHub } from './parts/only-unmapped.ts';
import { seenLine } from './parts/seen.ts';

/** A registry line of GitHub Packages with an owner behind the host, as old instructions had it (GitHub notes, section A1; user reports). */
export const ownerInRegistryUrl: Cause = {
  code: 'NP120',
  slug: 'owner-in-registry-url',
  title: "the registry URL has an owner behind the host, where GitHub's registry has none",
  severity: 'error',
  needs: [],
  hides: [
    'auth-key-mismatch',
    'overridden-by-other-rc',
    'package-not-found',
    'actions-access-missing',
    'package-of-another-owner',
    'fork-run-restricted',
    'role-missing',
    'default-registry-replaced',
  ],
  example: 'owner-in-registry-url',
  weigh(clues) {
    const request = failingRequest(clues);
    if (behind(clues) === null) return ruledOut;
    // the key of the right address stands there, and the line keeps it from the request
    if (request && keyedAtGitHub(clues) !== null)
      return { kind: 'confirmed', because: ['configuration', request.kind] };
    if (request?.kind !== 'metadata') return ruledOut;
    // a name without a scope is no package of GitHub, whatever stands behind the host (GitHub notes, section A1)
    if (scopeOf(clues.case.target.dependency.name) === null) return ruledOut;
    const status = statusOf(request.observation.outcome);
    // a client that looks up the key of that very address sends none, and hears that alone
    const isBare = status === 401 && request.credential.kind !== 'token';
    return isBare || status === 403 || status === 404
      ? { kind: 'confirmed', because: ['configuration', 'metadata'] }
      : ruledOut;
  },
  state(clues) {
    const { registry, dependency } = clues.case.target;
    const written = registry.url ?? '';
    const right = githubOf(clues).registry.url;
    const scope = scopeOf(dependency.name);
    return {
      title: `${written} has "${behind(clues)}" behind the registry of GitHub, where nothing belongs`,
      seen: seenLine(clues, 'configuration'),
      location: registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `name the registry as ${right}`,
        ...mapRegistry(clues.run, registry, scope, right, [
          "replace the line: the scope alone says whose package it is, the registry's URL is one for all owners",
        ]),
      },
    };
  },
};

/** The path behind the registry, where it is one of names: a line that has more in it is no line of an owner. */
function behind({ github, case: { target } }: Clues): string | null {
  if (github === null || !target.registry.url?.startsWith(github.registry.url)) return null;
  const path = pathBehindRegistry(target.registry.url, github.registry);
  return path !== null && /^@?[\w.-]+(?:\/[\w.-]+)*$/.test(path) ? path : null;
}

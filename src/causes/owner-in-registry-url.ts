import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { pathBehindRegistry } from '../domain/github-registry-of.ts';
import { statusOf } from '../domain/probe.ts';
import { changeRegistry } from './parts/add-line.ts';
import { failingRequest } from './parts/failing-request.ts';
import { githubOf } from './parts/github-place.ts';
import { seenLine } from './parts/seen.ts';

/** A registry line of GitHub Packages with an owner behind the host, as old instructions had it (GitHub notes, section A1; user reports). */
export const ownerInRegistryUrl: Cause = {
  code: 'NP120',
  slug: 'owner-in-registry-url',
  title: "the registry URL has an owner behind the host, where GitHub's registry has none",
  severity: 'error',
  needs: [],
  hides: [
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
    const status = statusOf(request?.observation.outcome);
    return request?.kind === 'metadata' && behind(clues) !== null && (status === 403 || status === 404)
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
        steps: [
          "replace the line: the scope alone says whose package it is, the registry's URL is one for all owners",
        ],
        edit: changeRegistry(clues.run, { ...registry, url: written.replace(/\/$/, '') }, scope, right),
      },
    };
  },
};

function behind({ github, case: { target } }: Clues): string | null {
  return github === null || target.registry.url === null
    ? null
    : pathBehindRegistry(target.registry.url, github.registry);
}

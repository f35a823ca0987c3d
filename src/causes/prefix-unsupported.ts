import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { describePrefix, prefixUrl } from '../domain/prefix.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { mapRegistry } from './parts/add-line.ts';
import { failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The server is older than the route: the group prefix came with 16.0 behind a flag and with 16.1 for all (GitLab model, section 6), metadata at
 * the project prefix after 13.5 (gitlab-org/gitlab !46867).
 */
export const prefixUnsupported: Cause = {
  code: 'NP113',
  slug: 'prefix-unsupported',
  title: 'the server version has no such route',
  severity: 'error',
  needs: [],
  hides: [
    'package-not-found',
    'role-missing',
    'project-not-found',
    'not-on-allowlist',
    'registry-restricted',
  ],
  example: 'prefix-unsupported',
  weigh(clues) {
    const { serverVersion, apiUrl } = clues.run.environment;
    const version = parseServerVersion(serverVersion);
    const request = failingRequest(clues);
    if (version === null || request === null || !isRefusal(request.observation)) return ruledOut;
    // the version is the one of the job's own server, and a route that answers anybody is there
    if (apiUrl === null || !sameOrigin(request.url, apiUrl) || tokenOpensIt(request)) return ruledOut;
    const lacksGroup = clues.case.target.prefix?.kind === 'group' && !atLeast(version, 16, 0);
    return lacksGroup || (request.kind === 'metadata' && lacksProject(clues, version))
      ? { kind: 'confirmed', because: ['metadata'] }
      : ruledOut;
  },
  state(clues) {
    const { prefix, registry, dependency } = clues.case.target;
    const serverVersion = clues.run.environment.serverVersion ?? '';
    const scope = scopeOf(dependency.name);
    return {
      title:
        prefix?.kind === 'project'
          ? `GitLab ${serverVersion} answers no metadata at the ${describePrefix(prefix)} prefix: it only has tarballs there`
          : `GitLab ${serverVersion} has no ${prefix ? describePrefix(prefix) : 'such'} prefix: it came with 16.0`,
      seen: seenLine(clues),
      location: registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        ...(prefix?.kind === 'project' && scope
          ? {
              summary: 'use the instance prefix, or upgrade GitLab',
              ...mapRegistry(
                clues.run,
                registry,
                scope,
                prefixUrl({ kind: 'instance', apiUrl: prefix.apiUrl }),
                [
                  `map ${scope} to the instance prefix: it serves the scope that is the root namespace of the project`,
                ],
              ),
            }
          : {
              summary: 'use the instance or project prefix, or upgrade GitLab to 16.1',
              steps: [
                'map the scope to …/api/v4/packages/npm/ (the scope must be the root namespace) or to …/projects/<id>/packages/npm/',
              ],
            }),
      },
    };
  },
};

function lacksProject({ case: { target } }: Clues, version: readonly [number, number]): boolean {
  return (
    target.prefix?.kind === 'project' && scopeOf(target.dependency.name) !== null && !atLeast(version, 13, 6)
  );
}

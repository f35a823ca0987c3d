import { type Cause, ruledOut } from '../domain/cause.ts';
import { describePrefix } from '../domain/prefix.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { failingRequest, isRefusal } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/** The server is older than the route: the group prefix came with 16.0 behind a flag and with 16.1 for all (GitLab model, section 6). */
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
    const version = parseServerVersion(clues.run.environment.serverVersion);
    const request = failingRequest(clues);
    if (
      clues.case.target.prefix?.kind !== 'group' ||
      version === null ||
      !isRefusal(request?.observation ?? null)
    )
      return ruledOut;
    if (!atLeast(version, 16, 0)) return { kind: 'confirmed', because: ['metadata'] };
    return ruledOut;
  },
  state(clues) {
    const { prefix, registry } = clues.case.target;
    return {
      title: `GitLab ${clues.run.environment.serverVersion ?? ''} has no ${prefix ? describePrefix(prefix) : 'such'} prefix: it came with 16.0`,
      seen: seenLine(clues),
      location: registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'use the instance or project prefix, or upgrade GitLab to 16.1',
        steps: [
          'map the scope to …/api/v4/packages/npm/ (the scope must be the root namespace) or to …/projects/<id>/packages/npm/',
        ],
      },
    };
  },
};

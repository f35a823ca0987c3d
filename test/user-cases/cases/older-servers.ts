import { inFront } from '../../scenarios/passages.ts';
import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** Before 13.x the project prefix had no metadata. */
export const projectWithoutMetadata: UserCase = {
  ids: ['UC-043'],
  world: situation({
    name: 'project-without-metadata',
    story: 'the project prefix of GitLab 12 serves tarballs only',
    gitlab: friends({ version: '16.0', forwarding: false }),
    serverVersion: '12.10.0',
    npmrc: `${rc.project}${rc.key}`,
    passage: inFront((path) =>
      /\/projects\/[^/]+\/packages\/npm\/@?[^/]+\/[^/]+$/.test(path)
        ? { status: 404, body: '{"error":"404 Not Found"}' }
        : null,
    ),
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP113 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'the instance prefix, or an upgrade',
  remedy: ['instance', 'upgrade'],
};

import { expect, it } from 'vitest';
import type { AccessState } from '../../../src/domain/access-state.ts';
import { agrees } from '../../../src/providers/gitlab/agrees.ts';
import { classifyMessage } from '../../../src/providers/gitlab/message-class.ts';

/** A private project that lets the job in. */
const letIn: AccessState = {
  version: [18, 5],
  token: 'running',
  exists: true,
  ownProject: false,
  visibility: 'private',
  registry: 'enabled',
  role: 'reporter',
  external: false,
  allowlist: 'default-permissions',
  outboundLimited: false,
  policies: true,
  variant: 'V1',
  guestsMayPull: false,
  anyoneMayPull: true,
  holds: 'version',
  rootScope: true,
  groupVisible: true,
  forwarding: true,
};
const guest = { role: 'guest' } as const;
const nobody = { role: 'none' } as const;
const unlisted = { allowlist: 'no-entry' } as const;

const notAllowed = 'Authentication by CI/CD job token not allowed from shop to ui.';
const noRole = 'Insufficient permissions to pull from the repository of project ui.';
const noDownload = 'You are not allowed to download code from this project.';
const noRepository = 'A repository for this project does not exist yet.';

it.each<[refs: string, status: number, said: string | null, of: string, Partial<AccessState>, boolean]>([
  ['refs', 200, null, 'a reporter', {}, true],
  ['refs', 200, null, 'a guest', guest, false],
  ['a refusal', 403, noDownload, 'a guest', guest, true],
  ['a refusal', 403, noDownload, 'a reporter, whose repository may be off', {}, true],
  ['a refusal', 403, noDownload, 'somebody without a role', nobody, false],
  ['a refusal', 403, noDownload, 'a project whose list lacks the job', unlisted, false],
  ['no repository', 404, noRepository, 'a reporter', {}, true],
  ['no repository', 404, noRepository, 'a guest', guest, true],
  ['no repository', 404, noRepository, 'somebody without a role', nobody, false],
  ['no repository', 404, noRepository, 'a project that is not there', { exists: false }, false],
  ['a missing role', 403, noRole, 'somebody without a role', nobody, true],
  ['a missing role', 403, noRole, 'a guest', guest, true],
  ['a missing role', 403, noRole, 'a project whose list lacks the job', { ...unlisted, ...nobody }, false],
  ['a missing entry', 403, notAllowed, 'a project whose list lacks the job', unlisted, true],
  ['a missing entry', 403, notAllowed, 'somebody without a role', nobody, false],
])('%s (%i %s) can be those of %s: %j', (_refs, status, said, _of, parts, expected) => {
  const message = said === null ? null : classifyMessage(said);
  const clue = {
    request: { route: 'git' },
    as: 'credential',
    status,
    message,
    toPublicRegistry: false,
  } as const;
  expect(agrees({ ...letIn, ...parts }, clue)).toBe(expected);
});

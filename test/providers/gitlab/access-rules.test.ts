import { describe, expect, test } from 'vitest';
import type { AccessRequest, AccessState } from '../../../src/domain/access-state.ts';
import { nameProjects } from '../../../src/providers/gitlab/access-messages.ts';
import {
  judge,
  judgeNamespace,
  mayReadPackages,
  mayReadProject,
} from '../../../src/providers/gitlab/access-rules.ts';

/** A job of another project, allowed in, its user a Reporter: nothing in the way. */
const fine: AccessState = {
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
  policies: false,
  variant: 'V1',
  guestsMayPull: false,
  anyoneMayPull: true,
  holds: 'version',
  rootScope: true,
  groupVisible: true,
  forwarding: true,
};

const instance: AccessRequest = { route: 'metadata', prefix: 'instance' };
const group: AccessRequest = { route: 'metadata', prefix: 'group' };
const project: AccessRequest = { route: 'metadata', prefix: 'project' };
const tarball: AccessRequest = { route: 'tarball' };
const packages: AccessRequest = { route: 'packages-api' };
const git: AccessRequest = { route: 'git' };
const job: AccessRequest = { route: 'job' };
const upload: AccessRequest = { route: 'upload', deprecate: false };

const from = '403 Forbidden - Authentication by CI/CD job token not allowed from A to B.';
const gitFrom = 'Authentication by CI/CD job token not allowed from A to B.';
const gitRole = 'Insufficient permissions to pull from the repository of project B.';
const lacks =
  '403 Forbidden - Insufficient permissions to access this resource in project B. The following token permission is required: read_packages.';
const hidden = '404 Project Not Found';
const forbidden = '403 Forbidden';

type Expected = number | readonly [number, string];

function answer(state: Partial<AccessState>, request: AccessRequest): Expected {
  const { status, message } = judge({ ...fine, ...state }, request);
  return message === null ? status : [status, message];
}

describe('what tells causes apart', () => {
  const before174 = { version: [17, 3] } as const;
  const before1710 = { version: [17, 9] } as const;
  const noEntry = { allowlist: 'no-entry' } as const;
  const noRole = { role: 'none' } as const;
  const V2 = { variant: 'V2' } as const;

  test.each<[string, Partial<AccessState>, AccessRequest, Expected]>([
    ['nothing in the way', {}, instance, 200],
    ['nothing in the way', {}, group, 200],
    ['nothing in the way', {}, project, 200],
    ['nothing in the way', {}, tarball, 200],
    ['nothing in the way', {}, packages, 200],
    ['nothing in the way', {}, git, 200],
    ['nothing in the way', {}, job, 200],
    ['finished token', { token: 'dead', visibility: 'public' }, tarball, [401, '401 Unauthorized']],
    ['finished token', { token: 'dead' }, job, [401, '401 Unauthorized']],
    ['personal token', { token: 'personal' }, job, [404, '404 Not Found']],
    ['no entry, old server', { ...noEntry, ...before174 }, instance, [404, hidden]],
    ['no entry, old server', { ...noEntry, ...before174 }, packages, [404, hidden]],
    ['no entry, old server', { ...noEntry, ...before174 }, tarball, [404, hidden]],
    ['no entry, since 17.4', { ...noEntry, ...before1710 }, instance, [403, from]],
    ['no entry, since 17.4', { ...noEntry, ...before1710 }, group, [403, from]],
    ['no entry, since 17.4', { ...noEntry, ...before1710 }, packages, [403, from]],
    ['no entry, since 17.4', { ...noEntry, ...before1710 }, project, [404, hidden]],
    ['no entry, since 17.4', { ...noEntry, ...before1710 }, tarball, [404, hidden]],
    ['no entry, since 17.4', { ...noEntry, ...before1710 }, git, [403, gitFrom]],
    ['no entry, V2', { ...noEntry, ...before1710, ...V2 }, instance, 200],
    ['no entry, policies off', { ...noEntry, ...V2, version: [18, 2] }, instance, 200],
    [
      'no entry, policies on',
      { ...noEntry, ...V2, version: [18, 2], policies: true },
      instance,
      [403, lacks],
    ],
    ['policies asked for too early', { ...noEntry, ...V2, ...before1710, policies: true }, instance, 200],
    ['no entry, since 18.3', noEntry, instance, [403, lacks]],
    ['no entry, since 18.3', noEntry, tarball, [403, lacks]],
    ['no entry, since 18.3', noEntry, packages, [403, from]],
    ['entry without permission', { allowlist: 'permission-missing' }, tarball, [403, lacks]],
    ['entry without permission', { allowlist: 'permission-missing' }, packages, [403, lacks]],
    ['entry with permission', { allowlist: 'permission-granted' }, tarball, 200],
    ['no role', noRole, instance, [403, from]],
    ['no role', noRole, project, [404, hidden]],
    ['no role', noRole, tarball, [404, hidden]],
    ['no role', noRole, packages, [403, from]],
    ['no role', noRole, git, [403, gitRole]],
    ['no role, V2', { ...noRole, ...V2 }, instance, [403, forbidden]],
    ['guest', { role: 'guest' }, instance, [403, forbidden]],
    ['guest', { role: 'guest' }, project, [403, forbidden]],
    ['guest, who may pull', { role: 'guest', guestsMayPull: true }, project, 200],
    [
      'guest, flag before its time',
      { role: 'guest', guestsMayPull: true, version: [17, 8] },
      project,
      [403, forbidden],
    ],
    ['registry off', { registry: 'disabled', role: 'owner' }, tarball, [403, forbidden]],
    ['registry off', { registry: 'disabled', role: 'owner' }, instance, [403, forbidden]],
    ['allowlist off', { allowlist: 'off' }, tarball, 200],
    ['allowlist off, no role', { allowlist: 'off', ...noRole }, tarball, [404, hidden]],
    ['own project, no role', { ownProject: true, ...noEntry, ...noRole }, packages, [403, from]],
    ['own project', { ownProject: true, ...noEntry }, tarball, 200],
    ['outbound list, 17.x', { outboundLimited: true, ...before1710 }, tarball, [404, hidden]],
    ['outbound list, 17.x', { outboundLimited: true, ...before1710 }, packages, [403, from]],
    ['outbound list, gone in 18.0', { outboundLimited: true, version: [18, 0] }, tarball, 200],
    [
      'outbound list, public project',
      { outboundLimited: true, ...before1710, visibility: 'public' },
      tarball,
      200,
    ],
    [
      'outbound list, public project for members only',
      { outboundLimited: true, ...before1710, visibility: 'public', registry: 'private' },
      tarball,
      200,
    ],
    [
      'public, no entry',
      { visibility: 'public', ...noEntry, role: 'developer' },
      upload,
      [403, lacks.replace('read_', 'admin_')],
    ],
    ['internal, ordinary user', { visibility: 'internal', ...noRole }, git, 200],
    ['reading deploy token', { token: 'deploy', tokenReach: 'read' }, tarball, 200],
    ['reading deploy token', { token: 'deploy', tokenReach: 'read' }, upload, [403, forbidden]],
    ['writing deploy token', { token: 'deploy' }, upload, 200],
    ['public, no entry', { visibility: 'public', ...noEntry, ...noRole }, tarball, 200],
    [
      'public, no entry, policies of 17.10',
      { visibility: 'public', ...noEntry, version: [17, 10], policies: true },
      tarball,
      [403, lacks],
    ],
    [
      'public, members only, no entry',
      { visibility: 'public', registry: 'private', ...noEntry },
      tarball,
      [403, lacks],
    ],
    [
      'public, members only, no entry, 17.x',
      { visibility: 'public', registry: 'private', ...noEntry, ...before1710 },
      tarball,
      [404, hidden],
    ],
    [
      'public, members only, no entry, 18.0',
      { visibility: 'public', registry: 'private', ...noEntry, version: [18, 0] },
      tarball,
      [403, forbidden],
    ],
    [
      'public, members only, before 16.6',
      { visibility: 'public', registry: 'private', ...noEntry, version: [16, 5] },
      tarball,
      200,
    ],
    [
      'internal, external user',
      { visibility: 'internal', external: true, ...noRole },
      tarball,
      [404, hidden],
    ],
    ['internal, ordinary user', { visibility: 'internal', ...noRole, ...noEntry }, tarball, 200],
    [
      'private with public registry, no entry',
      { registry: 'public', ...noEntry, ...before1710 },
      tarball,
      [404, hidden],
    ],
    ['private with public registry, nobody', { registry: 'public', token: 'none' }, tarball, 200],
    [
      'the same, option off',
      { registry: 'public', token: 'none', anyoneMayPull: false },
      tarball,
      [404, hidden],
    ],
    ['nobody', { token: 'none' }, instance, [401, '401 Unauthorized']],
    ['nobody', { token: 'none' }, git, [401, 'HTTP Basic: Access denied']],
    ['no such project', { exists: false, forwarding: false }, project, [404, hidden]],
    ['no such project', { exists: false }, packages, [404, hidden]],
    ['no such version', { holds: 'other-versions' }, tarball, [404, '404 Package Not Found']],
    ['no such version', { holds: 'other-versions' }, project, 200],
    ['hidden group', { groupVisible: false }, group, [404, '404 Group Not Found']],
    [
      'read-only personal token',
      { token: 'personal', role: 'owner', tokenReach: 'read' },
      upload,
      [403, 'insufficient_scope'],
    ],
    ['read-only personal token', { token: 'personal', tokenReach: 'read' }, tarball, 200],
    [
      'personal token without scope',
      { token: 'personal', tokenReach: 'none' },
      tarball,
      [403, 'insufficient_scope'],
    ],
    ['reporter', {}, upload, [403, forbidden]],
    ['developer', { role: 'developer' }, upload, 200],
    ['developer', { role: 'developer' }, { route: 'upload', deprecate: true }, [403, forbidden]],
    ['job token', { role: 'owner' }, { route: 'settings' }, [401, '401 Unauthorized']],
    ['developer', { token: 'personal', role: 'developer' }, { route: 'settings' }, [403, forbidden]],
    ['maintainer', { token: 'personal', role: 'maintainer' }, { route: 'settings' }, 200],
  ])('%s: %j %j', (_, state, request, expected) => {
    expect(answer(state, request)).toEqual(expected);
  });
});

describe('forwarding', () => {
  test.each<[Partial<AccessState>, AccessRequest]>([
    [{ holds: 'nothing' }, instance],
    [{ holds: 'nothing' }, group],
    [{ holds: 'nothing' }, project],
    [{ rootScope: false }, instance],
    [{ exists: false }, project],
    [{ holds: 'nothing', token: 'none' }, project],
  ])('%j %j is sent to the public registry', (state, request) => {
    expect(judge({ ...fine, ...state }, request)).toEqual({
      status: 302,
      message: null,
      to: 'public-registry',
    });
  });

  test('never for tarballs, tags or a finished token', () => {
    const nothing: AccessState = { ...fine, holds: 'nothing' };
    expect(judge(nothing, tarball).to).toBeNull();
    expect(judge(nothing, { route: 'dist-tags', prefix: 'project', write: 'none' }).to).toBeNull();
    expect(judge({ ...nothing, token: 'dead' }, instance).status).toBe(401);
  });
});

describe('a name in several projects', () => {
  const newest: AccessState = { ...fine, role: 'none', variant: 'V2' };
  test('V2 answers when an older project may be listed', () => {
    expect(judgeNamespace(newest, [fine], { route: 'metadata', prefix: 'instance' }).status).toBe(200);
  });
  test('not when none may, nor with V1, nor against policies', () => {
    expect(judgeNamespace(newest, [newest], { route: 'metadata', prefix: 'instance' }).status).toBe(403);
    const V1: AccessState = { ...newest, variant: 'V1' };
    expect(judgeNamespace(V1, [fine], { route: 'metadata', prefix: 'instance' }).status).toBe(403);
    const refused: AccessState = { ...newest, allowlist: 'no-entry' };
    expect(judgeNamespace(refused, [fine], { route: 'metadata', prefix: 'instance' }).status).toBe(403);
  });
});

describe('over every state', () => {
  const requests: readonly AccessRequest[] = [instance, group, project, tarball, packages, git, job, upload];
  const states = everyState();

  test('a tarball is given only to those who may read packages', () => {
    const wrong = states.filter((state) => judge(state, tarball).status === 200 && !mayReadPackages(state));
    expect(wrong).toEqual([]);
  });

  test('a refusal has a message, a success none, only metadata redirects', () => {
    const wrong = states.flatMap((state) =>
      requests.filter((request) => {
        const { status, message, to } = judge(state, request);
        const redirected = status === 302 && request.route === 'metadata';
        return (message === null) !== status < 400 || (to !== null) !== redirected;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('more role and a wider allowlist never take a tarball away', () => {
    const given = states.filter((state) => judge(state, tarball).status === 200);
    const wrong = given.filter(
      (state) =>
        judge({ ...state, role: 'owner' }, tarball).status !== 200 ||
        judge({ ...state, allowlist: 'off' }, tarball).status !== 200,
    );
    expect(wrong).toEqual([]);
  });

  test('who may pull from a project that is not open to anyone may also see it', () => {
    const wrong = states.filter(
      (state) => mayReadPackages(state) && state.registry !== 'public' && !mayReadProject(state),
    );
    expect(wrong).toEqual([]);
  });
});

function everyState(): readonly AccessState[] {
  const dimensions: { [K in keyof AccessState]?: readonly AccessState[K][] } = {
    version: [
      [16, 0],
      [17, 3],
      [17, 9],
      [17, 10],
      [18, 0],
      [18, 3],
    ],
    token: ['running', 'dead', 'personal', 'deploy', 'none'],
    ownProject: [false, true],
    visibility: ['public', 'internal', 'private'],
    registry: ['disabled', 'private', 'enabled', 'public'],
    role: ['none', 'guest', 'reporter'],
    external: [false, true],
    allowlist: ['off', 'no-entry', 'default-permissions', 'permission-missing'],
    variant: ['V1', 'V2'],
    holds: ['version', 'nothing'],
  };
  return Object.entries(dimensions).reduce<readonly AccessState[]>(
    (states, [key, values]) => states.flatMap((state) => values.map((value) => ({ ...state, [key]: value }))),
    [fine],
  );
}

test('messages take the last path segments, as they are', () => {
  expect(nameProjects(from, 'flashcake/my-project', 'chaptesi/$&-lib')).toBe(
    '403 Forbidden - Authentication by CI/CD job token not allowed from my-project to $&-lib.',
  );
  expect(nameProjects(lacks, 'x/A', 'y/B')).toContain(' project B. ');
  expect(nameProjects(forbidden, 'x/a', 'y/b')).toBe(forbidden);
});

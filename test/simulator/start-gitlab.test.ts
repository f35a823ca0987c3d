import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { type GitLabOptions, type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';

const running: RunningGitLab[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(world: GitLabBuilder, options: GitLabOptions = {}): Promise<RunningGitLab> {
  const server = await startGitLab(world, options);
  running.push(server);
  return server;
}

const world = gitlab({ version: '17.9' })
  .project('acme/lib', { id: 324 })
  .project('flashcake/app', { id: 512 })
  .member('alice', 'reporter', 'acme')
  .jobToken('job-secret', { project: 'flashcake/app', user: 'alice' })
  .jobToken('old-secret', { project: 'flashcake/app', user: 'alice', status: 'finished' })
  .personalToken('pat-secret', { user: 'maria' })
  .member('maria', 'maintainer', 'acme')
  .member('maria', 'guest', 'flashcake')
  .package('acme/lib', '@acme/lib', '1.0.0', { dependencies: { '@acme/base': '^1.0.0' } })
  .package('acme/lib', '@acme/lib', '1.1.0', { tags: ['next'], deprecated: 'use 2' });

const allowed = world.allow('acme/lib', 'flashcake/app');
const bearer = (token: string) => ({
  headers: { authorization: `Bearer ${token}` },
  redirect: 'manual' as const,
});

describe('metadata', () => {
  test('names tarballs at the project prefix, has shasum, no integrity, no time', async () => {
    const { apiUrl } = await start(allowed);
    const response = await fetch(`${apiUrl}/packages/npm/@acme%2flib`, bearer('job-secret'));
    const body = (await response.json()) as { versions: Record<string, Record<string, unknown>> };
    expect(Object.keys(body)).toEqual(['name', 'versions', 'dist-tags']);
    expect(body).toMatchObject({ name: '@acme/lib', 'dist-tags': { latest: '1.1.0', next: '1.1.0' } });
    expect(body.versions['1.0.0']).toEqual({
      name: '@acme/lib',
      version: '1.0.0',
      dependencies: { '@acme/base': '^1.0.0' },
      dist: {
        shasum: expect.stringMatching(/^[0-9a-f]{40}$/),
        tarball: `${apiUrl}/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz`,
      },
    });
    expect(body.versions['1.1.0']).toMatchObject({ deprecated: 'use 2' });
  });

  test.each([
    '/packages/npm/@acme%2Flib',
    '/packages/npm/@acme/lib',
    '/packages/npm/%40acme%2flib',
    '/groups/acme/-/packages/npm/@acme%2flib',
    '/projects/acme%2Flib/packages/npm/@acme%2flib',
    '/projects/324/packages/npm/@acme%2flib',
  ])('is found at %s', async (path) => {
    const { apiUrl } = await start(allowed);
    expect((await fetch(apiUrl + path, bearer('job-secret'))).status).toBe(200);
  });

  test.each(['/-/whoami', '/-/ping', '/@acme%2flib/1.0.0', '/@acme%2flib/../x', '/%', '/@acme', '/'])(
    'nothing is at %s',
    async (path) => {
      const { apiUrl } = await start(allowed.set({ forwarding: false }));
      const response = await fetch(`${apiUrl}/packages/npm${path}`, bearer('job-secret'));
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.json()).toHaveProperty('error');
    },
  );
});

describe('where it lives', () => {
  test('below a relative root', async () => {
    const { url, apiUrl } = await start(allowed.set({ relativeRoot: '/gitlab' }));
    expect(apiUrl).toBe(`${url}/api/v4`);
    const text = await (await fetch(`${apiUrl}/packages/npm/@acme%2flib`, bearer('job-secret'))).text();
    expect(text).toContain(`"${url}/api/v4/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz"`);
    expect((await fetch(`${new URL(url).origin}/api/v4/job`, bearer('job-secret'))).status).toBe(404);
  });

  test('behind another name', async () => {
    const { apiUrl } = await start(allowed, { externalUrl: 'https://git.example/root/' });
    const text = await (await fetch(`${apiUrl}/packages/npm/@acme%2flib`, bearer('job-secret'))).text();
    expect(text).toContain('"https://git.example/root/api/v4/projects/324/packages/npm/');
  });
});

describe('object storage', () => {
  const stored = allowed.set({ objectStorage: true });
  test('serves the tarball behind a redirect, and refuses a credential', async () => {
    const { apiUrl, storageRequests } = await start(stored);
    const url = `${apiUrl}/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz`;
    const redirect = await fetch(url, bearer('job-secret'));
    expect(redirect.status).toBe(302);
    const place = redirect.headers.get('location') ?? '';
    expect(new URL(place).origin).not.toBe(new URL(apiUrl).origin);
    const tarball = Buffer.from(await (await fetch(place)).arrayBuffer());
    expect(tarball.subarray(0, 2).toString('hex')).toBe('1f8b');
    expect((await fetch(place, bearer('job-secret'))).status).toBe(400);
    expect(storageRequests.map((one) => [one.authorization, one.status])).toEqual([
      ['none', 200],
      ['bearer', 400],
    ]);
  });
});

describe('credentials', () => {
  test.each([
    ['Bearer', 200, { authorization: 'Bearer job-secret' }, ''],
    ['JOB-TOKEN header', 200, { 'job-token': 'job-secret' }, ''],
    ['job_token parameter', 200, {}, '?job_token=job-secret'],
    ['finished job', 401, { authorization: 'Bearer old-secret' }, ''],
    ['unknown', 401, { authorization: 'Bearer nonsense' }, ''],
    ['personal', 404, { 'private-token': 'pat-secret' }, ''],
    ['nobody', 401, {}, ''],
  ])('%s at /job: %i', async (_, status, headers, query) => {
    const { apiUrl, requests } = await start(allowed);
    const response = await fetch(`${apiUrl}/job${query}`, { headers });
    expect(response.status).toBe(status);
    expect(JSON.stringify(requests)).not.toContain('secret"');
    expect(JSON.stringify(requests)).not.toContain('job-secret');
  });

  test('a project says nothing to a job token', async () => {
    const { apiUrl } = await start(allowed);
    expect((await fetch(`${apiUrl}/projects/512`, { headers: { 'job-token': 'job-secret' } })).status).toBe(
      404,
    );
    expect((await fetch(`${apiUrl}/projects/512`, bearer('pat-secret'))).status).toBe(200);
  });
});

describe('a missing entry', () => {
  const basic = { authorization: `Basic ${Buffer.from('gitlab-ci-token:job-secret').toString('base64')}` };
  test('is named by packages API and git, hidden by the tarball', async () => {
    const { url, apiUrl } = await start(world);
    const api = await fetch(`${apiUrl}/projects/324/packages?package_name=@acme/lib`, {
      headers: { 'job-token': 'job-secret' },
    });
    expect([api.status, await api.json()]).toEqual([
      403,
      { message: '403 Forbidden - Authentication by CI/CD job token not allowed from app to lib.' },
    ]);
    const git = await fetch(`${url}/acme/lib.git/info/refs?service=git-upload-pack`, { headers: basic });
    expect([git.status, await git.text()]).toEqual([
      403,
      'Authentication by CI/CD job token not allowed from app to lib.',
    ]);
    const tarball = await fetch(
      `${apiUrl}/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz`,
      bearer('job-secret'),
    );
    expect([tarball.status, await tarball.json()]).toEqual([
      404,
      { message: '404 Project Not Found', error: 'Project not found' },
    ]);
  });

  test('is mended by a Maintainer through the API, for the consumer or a group above it', async () => {
    for (const [path, field, id] of [
      ['allowlist', 'target_project_id', '512'],
      ['groups_allowlist', 'target_group_id', '11'],
    ] as const) {
      const { url, apiUrl } = await start(world);
      const post = {
        method: 'POST',
        headers: { 'private-token': 'pat-secret' },
        body: new URLSearchParams({ [field]: id }),
      };
      expect((await fetch(`${apiUrl}/projects/324/job_token_scope/${path}`, post)).status).toBe(201);
      const git = await fetch(`${url}/acme/lib.git/info/refs?service=git-upload-pack`, { headers: basic });
      expect(git.status).toBe(200);
      const tarball = `${apiUrl}/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz`;
      expect((await fetch(tarball, bearer('job-secret'))).status).toBe(200);
    }
  });
});

describe('the refs of a repository', () => {
  const basic = { authorization: `Basic ${Buffer.from('gitlab-ci-token:job-secret').toString('base64')}` };
  test.each<[string, GitLabBuilder, number, string]>([
    ['that is there', allowed, 200, '001e# service=git-upload-pack\n00000000'],
    [
      'that is switched off',
      allowed.project('acme/lib', { repository: 'off' }),
      403,
      'You are not allowed to download code from this project.',
    ],
    [
      'that was never made',
      allowed.project('acme/lib', { repository: 'none' }),
      404,
      'A repository for this project does not exist yet.',
    ],
    [
      'that was never made, of a project which may not be read',
      world.project('acme/lib', { repository: 'none' }),
      403,
      'Authentication by CI/CD job token not allowed from app to lib.',
    ],
  ])('%s', async (_what, model, status, text) => {
    const { url } = await start(model);
    const git = await fetch(`${url}/acme/lib.git/info/refs?service=git-upload-pack`, { headers: basic });
    expect([git.status, await git.text()]).toEqual([status, text]);
  });
});

describe('what the model says reaches the decision', () => {
  const tarball = '/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz';
  const metadata = '/packages/npm/@acme%2flib';
  const V2 = { variant: 'V2' } as const;
  test.each<[string, GitLabBuilder, string, number]>([
    ['an entry', allowed, tarball, 200],
    ['an entry for the group above', world.allow('acme/lib', 'flashcake'), tarball, 200],
    ['an entry in the wrong direction', world.allow('flashcake/app', 'acme/lib'), tarball, 404],
    ['no entry, V2', world.set(V2), metadata, 200],
    ['no entry, V2', world.set(V2), tarball, 404],
    ['an allowlist switched off', world.project('acme/lib', { allowlist: 'off' }), tarball, 200],
    [
      'the same, enforced',
      world.project('acme/lib', { allowlist: 'off' }).set({ enforceAllowlist: true }),
      tarball,
      404,
    ],
    [
      'enforcement before 17.6',
      world.project('acme/lib', { allowlist: 'off' }).set({ enforceAllowlist: true, version: '17.5' }),
      tarball,
      200,
    ],
    [
      'an outbound list without the project',
      allowed.project('flashcake/app', { outbound: [] }),
      tarball,
      404,
    ],
    ['an outbound list with it', allowed.project('flashcake/app', { outbound: ['acme/lib'] }), tarball, 200],
    ['a narrow entry before policies', world.allow('acme/lib', 'flashcake/app', []), tarball, 200],
    ['a narrow entry', world.allow('acme/lib', 'flashcake/app', []).set({ version: '18.3' }), tarball, 403],
    [
      'a wide enough entry',
      world.allow('acme/lib', 'flashcake/app', ['read_packages']).set({ version: '18.3' }),
      tarball,
      200,
    ],
    [
      'the nearer entry decides',
      world.allow('acme/lib', 'flashcake').allow('acme/lib', 'flashcake/app', []).set({ version: '18.3' }),
      tarball,
      403,
    ],
    [
      'policies of another root group',
      world.allow('acme/lib', 'flashcake/app', []).set({ version: '18.0', policies: ['other'] }),
      tarball,
      200,
    ],
    [
      'policies of this root group',
      world.allow('acme/lib', 'flashcake/app', []).set({ version: '18.0', policies: ['acme'] }),
      tarball,
      403,
    ],
    ['a role in the group above', allowed.member('alice', 'none', 'acme/lib'), tarball, 200],
    ['no role', allowed.member('alice', 'none', 'acme'), tarball, 404],
    ['a registry switched off', allowed.project('acme/lib', { registry: 'disabled' }), tarball, 403],
    ['no such package, forwarding', allowed, '/packages/npm/@acme%2fabsent', 302],
    [
      'no such package, the group does not forward',
      allowed.group('acme', { forwarding: false }),
      '/projects/324/packages/npm/@acme%2fabsent',
      404,
    ],
    ['a scope that is no root namespace', allowed, '/packages/npm/@lib%2fabsent', 302],
    ['a name beyond ASCII', allowed, '/packages/npm/@lib%2f%EF%BF%BD', 302],
  ])('%s: %#', async (_, model, path, status) => {
    const { apiUrl } = await start(model);
    expect((await fetch(apiUrl + path, bearer('job-secret'))).status).toBe(status);
  });

  test('a change takes effect while the server runs', async () => {
    const { apiUrl, store } = await start(world);
    expect((await fetch(apiUrl + tarball, bearer('job-secret'))).status).toBe(404);
    store.change((model) => model.allow('acme/lib', 'flashcake/app'));
    expect((await fetch(apiUrl + tarball, bearer('job-secret'))).status).toBe(200);
  });
});

describe('packages API', () => {
  const ask = async (query: string) => {
    const { apiUrl } = await start(allowed);
    return (await fetch(`${apiUrl}/projects/acme%2Flib/packages?${query}`, bearer('job-secret'))).json();
  };
  test('filters by type, name and page', async () => {
    expect(await ask('package_type=npm&package_name=@acme/lib')).toHaveLength(2);
    expect(await ask('package_type=maven')).toEqual([]);
    expect(await ask('package_name=other')).toEqual([]);
    expect(await ask('per_page=1&page=2')).toMatchObject([
      { name: '@acme/lib', version: '1.1.0', package_type: 'npm' },
    ]);
  });
});

test('upload goes to the project prefix only', async () => {
  const { apiUrl } = await start(allowed);
  const put = { method: 'PUT', ...bearer('pat-secret'), body: '{}' };
  expect((await fetch(`${apiUrl}/packages/npm/@acme%2flib`, put)).status).toBe(405);
  expect((await fetch(`${apiUrl}/groups/acme/-/packages/npm/@acme%2flib`, put)).status).toBe(405);
});

test('protected packages need the role of the rule', async () => {
  const guarded = allowed.project('acme/lib', { protections: [{ pattern: '@acme/*', least: 'owner' }] });
  const { apiUrl } = await start(guarded);
  const body = JSON.stringify({ versions: { '2.0.0': {} }, _attachments: { a: { data: 'aGk=' } } });
  const response = await fetch(`${apiUrl}/projects/324/packages/npm/@acme%2flib`, {
    method: 'PUT',
    ...bearer('pat-secret'),
    body,
  });
  expect([response.status, await response.json()]).toEqual([
    403,
    { message: 'Package protected.', error: 'Package protected.' },
  ]);
});

test('hostile documents are refused without harm', async () => {
  const { apiUrl } = await start(allowed);
  const url = `${apiUrl}/projects/324/packages/npm/@acme%2flib`;
  for (const body of [
    '',
    '[]',
    'null',
    '{"versions":[]}',
    '{"versions":{"__proto__":{}}}',
    '{"versions":{"1.0.0":null},"_attachments":{"a":1}}',
  ]) {
    expect((await fetch(url, { method: 'PUT', ...bearer('pat-secret'), body })).status).toBe(400);
  }
  expect((await fetch(url, bearer('job-secret'))).status).toBe(200);
});

test('closes while a connection is kept open', async () => {
  const server = await start(allowed);
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await server.close();
  await server.close();
  await closed;
});

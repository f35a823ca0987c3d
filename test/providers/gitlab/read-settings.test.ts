import { describe, expect, it } from 'vitest';
import type { RunFacts } from '../../../src/domain/cause.ts';
import type { Observation } from '../../../src/domain/probe.ts';
import type { Case } from '../../../src/domain/target.ts';
import { readSettings } from '../../../src/providers/gitlab/read-settings.ts';

const project = { id: 324, path: null, name: null, webUrl: null };

function answer(body: unknown, status = 200, complete = true): Observation {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    question: {
      probe: 'x',
      url: 'https://gitlab.example.com/x',
      authorization: { kind: 'none' },
      accept: '',
      read: { kind: 'text', limit: 1 },
      redirects: 'same-origin',
    },
    outcome: {
      kind: 'answered',
      status,
      url: '',
      hops: [],
      headers: {},
      body: { kind: 'text', text, complete },
      attempts: 1,
    },
  };
}

function read(
  answers: Readonly<Record<string, Observation>>,
  serverVersion = '18.2.1',
  id: number | null = 512,
) {
  const consumer = { id, path: 'acme/web/shop', rootNamespace: 'acme', webUrl: '' };
  const run = { environment: { serverVersion, consumer } } as unknown as RunFacts;
  return readSettings(run, { observations: new Map(Object.entries(answers)) } as unknown as Case, project);
}

const on = { 'token-scope:324': answer({ inbound_enabled: true }) };
const nobody = { 'allowlist:324': answer([{ id: 324 }]), 'groups-allowlist:324': answer([]) };
const group = (page: unknown) => ({
  ...on,
  ...nobody,
  'groups-allowlist:324': answer([{ id: 1, web_url: page }]),
});

describe('the allowlist', () => {
  it.each([
    ['is not in force', { 'token-scope:324': answer({ inbound_enabled: false }) }, 'off'],
    ['names nobody', { ...on, ...nobody }, 'no-entry'],
    [
      'names the consumer',
      { ...on, ...nobody, 'allowlist:324': answer([{ id: 324 }, { id: 512 }]) },
      'entry',
    ],
    ['names the group above', group('https://gitlab.example.com/groups/acme/web'), 'entry'],
    ['names the root group, in other letters', group('https://x.test/gitlab/groups/ACME'), 'entry'],
    ['names a group beside', group('https://gitlab.example.com/groups/acme/we'), 'no-entry'],
    ['names a group below', group('https://gitlab.example.com/groups/acme/web/shop'), 'no-entry'],
    ['names a group without a page', group(7), 'no-entry'],
    [
      'was read of another project',
      { ...on, 'allowlist:325': answer([]), 'groups-allowlist:325': answer([]) },
      null,
    ],
    ['has groups that can not be read', { ...on, ...nobody, 'groups-allowlist:324': answer({}, 404) }, null],
    ['may not be read', { 'token-scope:324': answer({}, 403), ...nobody }, null],
    ['is cut', { ...on, ...nobody, 'allowlist:324': answer('[{"id":324}', 200, false) }, null],
    ['is no list', { ...on, ...nobody, 'allowlist:324': answer({ id: 512 }) }, null],
    ['is a page of something else', { ...on, ...nobody, 'allowlist:324': answer('<html>') }, null],
  ] as const)('%s', (_, answers, expected) => {
    expect(read(answers)?.allowlist ?? null).toBe(expected);
  });

  const page = Array.from({ length: 100 }, (_, index) => ({ id: 1000 + index }));

  it('counts as read once its last page is', () => {
    const first = { ...on, ...nobody, 'allowlist:324': answer(page) };
    expect(read(first)?.allowlist ?? null).toBeNull();
    expect(read({ ...first, 'allowlist:324?page=2': answer([]) })?.allowlist).toBe('no-entry');
    expect(read({ ...first, 'allowlist:324?page=2': answer([{ id: 512 }]) })?.allowlist).toBe('entry');
  });

  it('takes no groups before 17.0, where that route is unknown', () => {
    const answers = { ...on, ...nobody, 'groups-allowlist:324': answer({}, 404) };
    expect(read(answers, '16.9.0')?.allowlist).toBe('no-entry');
  });

  it('is searched by path where the number of the consumer is unknown', () => {
    const answers = { ...on, ...nobody, 'allowlist:324': answer([{ path_with_namespace: 'Acme/web/Shop' }]) };
    expect(read(answers, '18.2.1', null)?.allowlist).toBe('entry');
  });

  it('reads a hostile address in no time', () => {
    const started = Date.now();
    expect(read(group(`${'/groups/'.repeat(400_000)}!`))?.allowlist).toBe('no-entry');
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

it.each([
  [{ package_registry_access_level: 'private', packages_enabled: true }, ['private']],
  [{ packages_enabled: false }, ['disabled']],
  [{ packages_enabled: true }, ['private', 'enabled', 'public']],
  [{ package_registry_access_level: 'something new' }, null],
  [{ visibility: 'somehow', __proto__: { visibility: 'public' } }, null],
])('the registry of %j is %j', (fields, expected) => {
  const settings = read({
    'project-settings:324': answer({ id: 324, path_with_namespace: 'acme/ui', ...fields }),
  });
  expect(settings?.registry).toEqual(expected);
  expect(settings?.visibility).toBeNull();
  expect(settings?.project).toEqual({ id: 324, path: 'acme/ui' });
});

it.each([
  [answer({ access_level: 20 }), { level: 20 }],
  [answer({ message: '404 Not found' }, 404), 'not-listed'],
  [answer({}, 403), null],
  [answer([]), null],
])('the job user', (observation, expected) => {
  expect(
    read({ ...on, 'membership:324': observation, 'outbound-scope': answer({ outbound_enabled: true }) }),
  ).toEqual(expect.objectContaining({ jobUser: expected, outbound: 'on' }));
});

it('gives nothing where nothing was read', () => {
  expect(read({})).toBeNull();
  expect(read({ 'project-settings:324': answer('null'), 'membership:324': answer('5') })).toBeNull();
});

import { describe, expect, test } from 'vitest';
import { answeredBy, isForwarded, ownAnswer } from '../../src/domain/own-answer.ts';
import type { Hop, Observation, Outcome, Question } from '../../src/domain/probe.ts';

const server = 'https://gitlab.example';
const metadata = `${server}/api/v4/packages/npm/@acme%2fui`;

function seen(
  url: string,
  change: {
    status?: number;
    hops?: readonly Hop[];
    at?: string;
    text?: string;
    complete?: boolean;
    digest?: boolean;
  },
): Observation {
  const { status = 200, hops = [], at = url, text = '{}', complete = true, digest } = change;
  const read = { kind: 'text', limit: 1000 } as const;
  const question: Question = {
    probe: 'x',
    url,
    authorization: { kind: 'none' },
    accept: '*/*',
    read,
    redirects: 'all',
  };
  const body =
    digest === undefined
      ? ({ kind: 'text', text, complete } as const)
      : ({ kind: 'digest', bytes: 1, complete, gzip: digest, excerpt: '', digests: {} } as const);
  return { question, outcome: { kind: 'answered', status, url: at, hops, headers: {}, body, attempts: 1 } };
}

const away = (to: string, status = 302): Pick<Parameters<typeof seen>[1], 'hops' | 'status'> => ({
  status,
  hops: [{ status, to, followed: false }],
});

/** What GitLab says of a package at the old path of a project, to whose place of today it leads. */
function refusedAt(project: string, name: string): Observation {
  const at = (one: string, what: string) => `${server}/api/v4/projects/${one}/packages/npm/${what}`;
  const to = at(project, name);
  return seen(at('acme%2Fold-ui', '@acme%2fui'), {
    status: 403,
    text: '{"message":"403 Forbidden"}',
    at: to,
    hops: [{ status: 301, to, followed: true }],
  });
}

describe('sent on to the public npm registry', () => {
  test.each([
    [metadata, 'https://public.example/@acme/ui'],
    [metadata, 'https://public.example/@acme%2fui'],
    [metadata, 'https://public.example/@acme%2Fui'],
    [`${server}/api/v4/projects/3/packages/npm/@acme/ui`, 'https://public.example/@acme/ui'],
    [`${server}/npm/plain`, 'https://public.example/plain'],
  ])('%s to %s', (url, to) => {
    expect(isForwarded(seen(url, away(to)))).toBe(true);
    expect(answeredBy(seen(url, away(to)))).toBeNull();
  });

  test.each([
    ['a sign-in page', 'https://sso.example/login'],
    ['a portal that keeps the path', 'https://portal.example/api/v4/packages/npm/@acme%2fui'],
    ['another package', 'https://public.example/@acme/other'],
    ['the root of a host', 'https://public.example/'],
    ['what is no path', 'https://public.example/%'],
  ])('not to %s', (_, to) => {
    expect(isForwarded(seen(metadata, away(to)))).toBe(false);
    expect(answeredBy(seen(metadata, away(to)))).toBe(new URL(to).host);
  });

  test('not by a redirect that was followed, and not without one', () => {
    const hops = [{ status: 302, to: 'https://public.example/@acme/ui', followed: true }];
    expect(isForwarded(seen(metadata, { hops }))).toBe(false);
    expect(isForwarded(seen(metadata, {}))).toBe(false);
    expect(isForwarded(null)).toBe(false);
  });
});

describe('the own word of a server', () => {
  const ofGroup = `${server}/api/v4/groups/acme/-/packages/npm/@acme%2fui`;
  const tags = `${server}/api/v4/packages/npm/-/package/@acme%2fui/dist-tags`;
  const refs = `${server}/acme/ui.git/info/refs?service=git-upload-pack`;
  test.each<[string, Observation, string]>([
    ['metadata', seen(metadata, { text: '{"versions":{}}' }), 'answered'],
    ['a list', seen(`${server}/api/v4/x`, { text: ' []\n' }), 'answered'],
    ['a page', seen(metadata, { text: '<html>' }), 'NOT_AN_ANSWER'],
    ['nothing', seen(metadata, { text: '' }), 'NOT_AN_ANSWER'],
    ['a word', seen(metadata, { text: '"ok"' }), 'NOT_AN_ANSWER'],
    ['a list for metadata', seen(metadata, { text: '[]' }), 'NOT_AN_ANSWER'],
    ['metadata without versions', seen(metadata, { text: '{"message":"ok"}' }), 'NOT_AN_ANSWER'],
    ['metadata whose versions are a list', seen(metadata, { text: '{"versions":[]}' }), 'NOT_AN_ANSWER'],
    [
      'metadata whose one version says where its tarball is',
      seen(metadata, { text: '{"versions":{"1.4.0":{"dist":{"tarball":"x"}},"0.9.0":null}}' }),
      'answered',
    ],
    [
      'metadata of which no version does',
      seen(metadata, { text: '{"versions":{"1.4.0":{"dist":[]},"0.9.0":null}}' }),
      'NOT_AN_ANSWER',
    ],
    ['metadata of a group', seen(ofGroup, { text: '{"versions":{}}' }), 'answered'],
    ['metadata of a group without versions', seen(ofGroup, { text: '{}' }), 'NOT_AN_ANSWER'],
    ['dist-tags', seen(tags, { text: '{"latest":"1.4.0"}' }), 'answered'],
    ['a list for dist-tags', seen(tags, { text: '[]' }), 'NOT_AN_ANSWER'],
    ['cut metadata', seen(metadata, { text: '{"versions":{' }), 'NOT_AN_ANSWER'],
    ['metadata over the limit', seen(metadata, { complete: false }), 'NOT_AN_ANSWER'],
    ['refs', seen(refs, { text: '001e# service=git-upload-pack\n0000' }), 'answered'],
    ['a page for refs', seen(refs, { text: '<html>' }), 'NOT_AN_ANSWER'],
    ['a tarball', seen(`${server}/a.tgz`, { digest: true }), 'answered'],
    ['a page for a tarball', seen(`${server}/a.tgz`, { digest: false }), 'NOT_AN_ANSWER'],
    ['a refusal', seen(metadata, { status: 404, text: '{"message":"404 Not found"}' }), 'answered'],
    ['a page that refuses', seen(metadata, { status: 403, text: '<html>' }), 'NOT_AN_ANSWER'],
    ['a page of another server', seen(`${server}/npm/x`, { status: 403, text: '<html>' }), 'answered'],
    ['a server error', seen(metadata, { status: 502, text: '' }), 'answered'],
    [
      'a tarball of the storage',
      seen(`${server}/a.tgz`, { digest: true, at: 'https://s.example/1' }),
      'answered',
    ],
    [
      'a refusal of the storage',
      seen(`${server}/a.tgz`, { status: 403, at: 'https://s.example/1' }),
      'ANSWERED_ELSEWHERE',
    ],
    [
      'a refusal of another path',
      seen(metadata, {
        status: 404,
        text: '{"message":"404"}',
        at: `${metadata}/x`,
        hops: [{ status: 302, to: `${metadata}/x`, followed: true }],
      }),
      'ANSWERED_ELSEWHERE',
    ],
    ['a refusal of a moved project by its number', refusedAt('324', '@acme%2fui'), 'answered'],
    ['a refusal of another package', refusedAt('324', '@acme%2fcore'), 'ANSWERED_ELSEWHERE'],
    ['a refusal of another path of a project', refusedAt('acme%2Fui', '@acme%2fui'), 'ANSWERED_ELSEWHERE'],
    ['a redirect away', seen(metadata, away('https://sso.example/')), 'ANSWERED_ELSEWHERE'],
    ['a forward', seen(metadata, away('https://public.example/@acme/ui')), 'answered'],
    [
      'a refusal over https',
      seen('http://gitlab.example/x', { status: 404, at: 'https://gitlab.example/x' }),
      'answered',
    ],
  ])('%s', (_, { question, outcome }, expected) => {
    const own: Outcome = ownAnswer(question, outcome);
    expect(own.kind === 'unreachable' ? own.code : own.kind).toBe(expected);
  });

  test('what was not answered stays as it is', () => {
    const { question } = seen(metadata, {});
    const outcome: Outcome = { kind: 'skipped', why: 'x' };
    expect(ownAnswer(question, outcome)).toBe(outcome);
  });

  test('metadata of another host are not, and a tarball that the server keeps elsewhere is', () => {
    const led = (to: string, change: Parameters<typeof seen>[1]) =>
      seen(metadata, { ...change, at: to, hops: [{ status: 302, to, followed: true }] });
    const given = led('https://other.example/npm/@acme/ui', { text: '{"versions":{}}' });
    expect(ownAnswer(given.question, given.outcome)).toMatchObject({ code: 'ANSWERED_ELSEWHERE' });
    const kept = led('https://storage.example/bucket/abc', { digest: true });
    expect(ownAnswer(kept.question, kept.outcome)).toBe(kept.outcome);
    const moved = led(`${server}/npm/@acme/ui`, { text: '{"versions":{}}' });
    expect(ownAnswer(moved.question, moved.outcome)).toBe(moved.outcome);
  });
});

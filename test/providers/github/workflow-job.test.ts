import { expect, it } from 'vitest';
import { readWorkflowJob } from '../../../src/providers/github/workflow-job.ts';

const variables = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/pull/1/merge',
  GITHUB_JOB: 'test',
};
const job = (more: Readonly<Record<string, string>> = {}, event = '{}') =>
  readWorkflowJob({ ...variables, ...more }, { event: () => event, workflow: () => null });
const from = (repo: unknown) => JSON.stringify({ pull_request: { head: { repo } } });

it.each([
  ['another repository', {}, from({ full_name: 'mallory/shop' }), true],
  ['a repository that is gone', {}, from(null), true],
  ['the repository itself', {}, from({ full_name: 'Acme/Shop' }), false],
  ['nobody says', {}, '{', null],
  ['a push', { GITHUB_EVENT_NAME: 'push' }, from({ full_name: 'mallory/shop' }), false],
  [
    'an event with the rights of the base',
    { GITHUB_EVENT_NAME: 'pull_request_target' },
    from({ full_name: 'mallory/shop' }),
    false,
  ],
])('knows whether a run is of a fork: %s', (_, more, event, expected) => {
  expect(job(more, event).fromFork).toBe(expected);
});

it.each([
  ['acme/shop/.github/workflows/ci.yml@refs/heads/main', '.github/workflows/ci.yml'],
  ['acme/shop/.github/workflows/Build & test.yml@x', null],
  ['acme/required/.github/workflows/ci.yml@refs/heads/main', null],
  ['acme/shop/.github/workflows/../../etc/ci.yml@x', null],
  ['acme/shop/ci.yml@x', null],
  ['', null],
])('finds the workflow file of %s', (GITHUB_WORKFLOW_REF, file) => {
  expect(job({ GITHUB_WORKFLOW_REF }).file).toBe(file);
});

it('knows what the owner is, and who started the run', () => {
  expect(job({}, '{"repository":{"owner":{"type":"User"}}}').ownerKind).toBe('user');
  expect(job({}, '{"repository":{"owner":{"type":"Organization"}}}').ownerKind).toBe('organisation');
  expect(job({}, '[]').ownerKind).toBeNull();
  expect(job({ GITHUB_ACTOR: 'dependabot[bot]' }).fromDependabot).toBe(true);
  expect(job().owner).toBe('acme');
});

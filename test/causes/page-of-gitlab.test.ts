import { describe, expect, it } from 'vitest';
import { inFront, type Reply } from '../scenarios/passages.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation, url } from '../scenarios/situation.ts';

const page: Reply = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><html><title>The page could not be found (404)</title></html>',
};
const json: Reply = { status: 404, body: '{"error":"404 Not Found"}' };
const signIn: Reply = { status: 302, headers: { location: `${url}/users/sign_in` } };
const key = '//gitlab.example.com/:_authToken=${CI_JOB_TOKEN}\n';

async function told(line: string, reply: Reply, npmrc = `@acme:registry=${line}\n${key}`) {
  const { report } = await play(
    situation({
      name: 'page-of-gitlab',
      story: 'the registry is an address of the pages',
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      gitlab: friends(),
      npmrc,
      passage: inFront((path) =>
        path.startsWith('/api/v4/') ? null : path === '/users/sign_in' ? { ...page, status: 200 } : reply,
      ),
    }),
  );
  return report;
}

const lines = [
  ['the root of the server', `${url}/`, `${url}/api/v4/packages/npm/`],
  ['the route without the API', `${url}/packages/npm/`, `${url}/api/v4/packages/npm/`],
  [
    'the package list of a project',
    `${url}/acme/ui/-/packages/`,
    `${url}/api/v4/projects/acme%2Fui/packages/npm/`,
  ],
  [
    'the package list of a group',
    `${url}/groups/acme/-/packages`,
    `${url}/api/v4/groups/acme/-/packages/npm/`,
  ],
] as const;

describe.each(lines)('%s as the registry', (_, line, right) => {
  it.each([
    ['a page', page],
    ['JSON', json],
    ['a way to the sign-in page', signIn],
  ])('is told, with the line that passes, where %s answers', async (_answer, reply) => {
    const { findings } = await told(line, reply);
    expect(findings.map(findingLine)).toEqual(['NP407 confirmed: @acme/ui@^1.0.0']);
    expect(findings[0]?.title).toMatch(/is an address of this GitLab's pages, not of its npm registry$/);
    const after = findings[0]?.remedy.edit?.after ?? '';
    expect(after).toContain(`@acme:registry=${right}`);
    expect((await told(line, reply, `${after}\n${key}`)).findings).toEqual([]);
  });
});

const gitlabs = { 'x-gitlab-meta': '{"correlation_id":"01","version":"1"}' };
const marked = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...gitlabs } });

describe.each([
  ['a project', `${url}/acme/ui/`, `${url}/api/v4/projects/acme%2Fui/packages/npm/`],
  ['a repository', `${url}/acme/ui.git`, `${url}/api/v4/projects/acme%2Fui/packages/npm/`],
  ['a group', `${url}/acme`, `${url}/api/v4/groups/acme/-/packages/npm/`],
  ['a group, by its own route', `${url}/groups/acme`, `${url}/api/v4/groups/acme/-/packages/npm/`],
])('the page of %s as the registry', (_, line, right) => {
  it.each([
    ['with a page', marked(page)],
    [
      'in JSON',
      marked({ status: 401, body: '{"error":"You need to sign in or sign up before continuing."}' }),
    ],
    ['with a way to the sign-in page', signIn],
  ])('is told, with the line that passes, where GitLab answers %s', async (_answer, reply) => {
    const { findings } = await told(line, reply);
    expect(findings.map(findingLine)).toEqual(['NP407 confirmed: @acme/ui@^1.0.0']);
    const { edit, steps = [] } = findings[0]?.remedy ?? {};
    expect(edit?.after).toContain(`@acme:registry=${right}`);
    const other =
      'where it is the page of a group: https://gitlab.example.com/api/v4/groups/acme%2Fui/-/packages/npm/';
    expect(steps.includes(other)).toBe(line.endsWith('/acme/ui/'));
    expect((await told(line, reply, `${edit?.after}\n${key}`)).findings).toEqual([]);
  });
});

it.each([
  ['another service beside GitLab', `${url}/nexus/repository/npm/`, json],
  ['one that answers with a page', `${url}/nexus/repository/npm/`, page],
  [
    'one with a sign-in of its own',
    `${url}/nexus/npm/`,
    { status: 302, headers: { location: `${url}/nexus/users/sign_in` } },
  ],
  ['a route of GitLab that is no project', `${url}/users/alice/`, marked(page)],
  ['the API before its version', `${url}/api/npm/`, marked(page)],
])('says nothing of it where the address is %s', async (_, line, reply: Reply) => {
  const { findings } = await told(line, reply);
  expect(findings.map(({ title }) => title).join()).not.toContain("GitLab's pages");
});

it('leaves the words of another service beside GitLab to doubt', async () => {
  const { findings } = await told(`${url}/nexus/repository/npm/`, json);
  expect(findings.map(findingLine)).toEqual(['NP407 possible: @acme/ui@^1.0.0']);
});

it('stays silent where the line names the API', async () => {
  expect((await told('', page, rc.instance + rc.key)).findings).toEqual([]);
});

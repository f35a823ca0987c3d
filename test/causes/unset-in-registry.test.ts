import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { serve } from '../io/support/servers.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation, strangers } from '../scenarios/situation.ts';

interface Row {
  client: ClientName;
  version: string;
  line?: string;
  variables?: Readonly<Record<string, string>>;
  home?: boolean;
  yarnrc?: string;
}

async function told({ client, version, line = '', variables = {}, home = false, yarnrc }: Row) {
  const text = `@acme:registry=${line}\n${rc.key}`;
  const { report } = await play(
    situation({
      name: 'unset-in-registry',
      story: 'an address with a variable',
      gitlab: friends(),
      client: { name: client, version },
      variables,
      ...(home ? { home: { '.npmrc': text } } : { npmrc: text }),
      ...(yarnrc ? { files: { '.yarnrc.yml': yarnrc } } : {}),
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
    }),
  );
  return report;
}

// run for real: npm 10 to 12, pnpm 9 to 11, Yarn 1 and Bun end with an invalid URL or an unknown host
const rows: readonly Row[] = [
  { client: 'npm', version: '10.9.9', line: 'https://${SERVER}/api/v4/packages/npm/' },
  {
    client: 'npm',
    version: '12.2.0',
    line: 'https://gitlab.example.com/api/v4/projects/${PROJECT}/packages/npm/',
  },
  { client: 'npm', version: '11.21.2', line: '${API?}/packages/npm/' },
  { client: 'npm', version: '10.9.9', line: '${API}/packages/npm/', variables: { API: '' } },
  {
    client: 'npm',
    version: '10.9.9',
    line: 'https://${SERVER}/api/v4/packages/npm/',
    variables: { SERVER: '' },
  },
  { client: 'pnpm', version: '9.15.9', line: '${API}/packages/npm/', variables: { API: '' } },
  { client: 'pnpm', version: '11.28.11', line: '${API}/packages/npm/', home: true },
  { client: 'yarn', version: '1.22.22', line: '${API}/packages/npm/', variables: { API: '' } },
  {
    client: 'yarn-berry',
    version: '4.18.1',
    yarnrc:
      'npmScopes:\n  acme:\n    npmRegistryServer: "${API-}/packages/npm/"\n    npmAuthToken: "${CI_JOB_TOKEN-}"\n',
  },
  { client: 'bun', version: '1.4.5', line: '${API}/packages/npm/' },
];

describe.each(rows)('$client $version with the address $line', (row) => {
  it('is told the variable that has no value, with its line, and nothing else', async () => {
    const { findings } = await told(row);
    expect(findings.map(findingLine)).toEqual(['NP105 confirmed: @acme/ui@^1.0.0']);
    expect(findings[0]?.title).toMatch(/^(API|SERVER|PROJECT) has no value in this job/);
    expect(findings[0]?.location?.line).toBe(row.yarnrc ? 3 : 1);
  });
});

it('a variable of the address that may be empty is not to blame for what else is wrong', async () => {
  const { report } = await play(
    situation({
      name: 'unset-in-registry',
      story: 'an address that is right without a value',
      gitlab: strangers(),
      npmrc: `@acme:registry=https://gitlab.example.com\${ROOT}/api/v4/packages/npm/\n${rc.key}`,
      variables: { ROOT: '' },
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
    }),
  );
  expect(report.findings.map(findingLine)).toEqual(['NP301 confirmed: @acme/ui@^1.0.0']);
});

it.each([
  ['/api/v4/projects/${PART}/packages/npm/', 'NP105 possible: @acme/ui@^1.0.0'],
  ['/${PART}/api/v4/packages/npm/', 'NP301 possible: @acme/ui@^1.0.0 | role-missing'],
])('a hole in the address (%s) leaves open what the server makes of it', async (path, expected) => {
  const { report } = await play(
    situation({
      name: 'unset-in-registry',
      story: 'an address with a hole',
      gitlab: strangers(),
      npmrc: `@acme:registry=https://gitlab.example.com${path}\n${rc.key}//gitlab.example.com/:_authToken=\${CI_JOB_TOKEN}\n`,
      variables: { PART: '' },
      // as servers that take several slashes for one
      passage: async (gitlab) => ({
        origin: (
          await serve((request, response) => {
            void fetch(`${new URL(gitlab.url).origin}${request.url?.replace('//api', '/api')}`, {
              headers: { authorization: request.headers.authorization ?? '' },
              redirect: 'manual',
            }).then(async (answer) => {
              response.writeHead(answer.status, { 'content-type': 'application/json' });
              response.end(await answer.text());
            });
          })
        ).url,
      }),
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
    }),
  );
  expect(report.findings.map(findingLine)).toEqual([expected]);
});

it('an address of another protocol is told as the line it is, and says nothing of the token', async () => {
  const { findings } = await told({
    client: 'npm',
    version: '10.9.9',
    line: 'ftp://gitlab.example.com/api/v4/packages/npm/',
  });
  expect(findings.map(findingLine)).toEqual(['NP109 confirmed: @acme/ui@^1.0.0']);
});

describe('bunfig.toml', () => {
  const bunfig = async (url: string, token: string, variables: Readonly<Record<string, string>> = {}) => {
    const { report } = await play(
      situation({
        name: 'unset-in-registry',
        story: 'references in bunfig.toml',
        gitlab: friends(),
        client: { name: 'bun', version: '1.4.5' },
        variables,
        files: { 'bunfig.toml': `[install.scopes.acme]\nurl = "${url}"\ntoken = "${token}"\n` },
        expected: { verdict: 'fail', exitCode: 1, findings: [] },
      }),
    );
    return { lines: report.findings.map(findingLine), first: report.findings[0] };
  };
  const url = 'https://gitlab.example.com/api/v4/packages/npm/';

  it('is told the reference in its own form', async () => {
    const { lines, first } = await bunfig(url, '$NPM_TOKEN');
    expect(lines).toEqual(['NP105 confirmed: @acme/ui@^1.0.0']);
    expect(first?.remedy.steps).toContain(
      "for GitLab's own registry no variable of your own is needed: refer to $CI_JOB_TOKEN",
    );
    const dead = await bunfig(url, '$NPM_TOKEN', { NPM_TOKEN: 'glpat-of-another-year' });
    expect(dead.first?.remedy.steps.at(-1)).toContain("the job's own $CI_JOB_TOKEN needs no care");
  });

  it('has a variable without a value for the whole address', async () => {
    const { lines, first } = await bunfig('$REGISTRY_URL', '$CI_JOB_TOKEN');
    expect(lines).toEqual(['NP105 confirmed: @acme/ui@^1.0.0']);
    expect(first?.location).toMatchObject({ file: 'bunfig.toml', line: 2 });
  });

  it('has a reference for a part of the address, which Bun does not replace', async () => {
    const { lines, first } = await bunfig('$API/packages/npm/', '$CI_JOB_TOKEN', {
      API: 'https://gitlab.example.com/api/v4',
    });
    expect(lines).toEqual(['NP109 confirmed: @acme/ui@^1.0.0']);
    expect(first?.title).toContain('$API is a part of this one');
  });

  it('has a variable that holds the whole address', async () => {
    expect((await bunfig('$REGISTRY_URL', '$CI_JOB_TOKEN', { REGISTRY_URL: url })).lines).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { packTarball } from '../../src/simulator/tarball.ts';
import { serve } from '../io/support/servers.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, situation } from '../scenarios/situation.ts';
import type { Passage } from '../scenarios/test-world.ts';

const origin = 'https://registry.other.example';
const line = `registry=${origin}/npm/\n`;
const key = '//registry.other.example/npm/:_authToken=${NPM_TOKEN}\n';
const token = 'token-of-the-other-registry';
const needs = { '@widgets/core': '^1.0.0', '@widgets/theme': '^1.0.0', 'left-pad': '^1.0.0' };

interface Asked {
  path: string;
  authorization: string | undefined;
}

/** A registry that gives every package in version 1.0.0 to whoever `may` read there. */
async function registry(may: (authorization: string | undefined) => boolean) {
  const asked: Asked[] = [];
  const server = await serve((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const { authorization } = request.headers;
    asked.push({ path, authorization });
    const name = /^\/npm\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? '';
    if (!may(authorization)) return void response.writeHead(401).end('{}');
    if (path.endsWith('.tgz')) return void response.end(packTarball({ name, version: '1.0.0' }));
    const dist = { tarball: `${origin}/npm/${name}/-/core-1.0.0.tgz` };
    const versions = { '1.0.0': { name, version: '1.0.0', dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  const passage = async (gitlab: { url: string }): Promise<Passage> => ({
    origin: new URL(gitlab.url).origin,
    origins: { [origin]: server.url },
  });
  return { asked, passage };
}

type Parts = Partial<Parameters<typeof situation>[0]>;

async function played(may: (authorization: string | undefined) => boolean, parts: Parts) {
  const { asked, passage } = await registry(may);
  const { report, exitCode } = await play(
    situation({
      name: 'keyed-default',
      story: '',
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      gitlab: friends(),
      dependencies: needs,
      passage,
      ...parts,
    }),
  );
  return { findings: report.findings.map(findingLine), exitCode, asked };
}

const knowsToken = (authorization: string | undefined) => authorization === `Bearer ${token}`;

const refused: readonly (readonly [string, Parts, readonly string[]])[] = [
  [
    'its variable has no value',
    { npmrc: line + key },
    ['NP105 confirmed: @widgets/core@^1.0.0, left-pad@^1.0.0'],
  ],
  [
    'the key has no value',
    { npmrc: line, home: { '.npmrc': '//registry.other.example/npm/:_authToken=\n' } },
    ['NP105 possible: @widgets/core@^1.0.0, left-pad@^1.0.0 | malformed-rc-line'],
  ],
  [
    'the token is not accepted',
    { npmrc: line + key, variables: { NPM_TOKEN: 'token-of-yesterday' } },
    ['NP202 possible: @widgets/core@^1.0.0, left-pad@^1.0.0'],
  ],
  [
    'the client is told to send a credential always, and has none',
    { npmrc: `${line}always-auth=true\n` },
    ['NP102 confirmed: @widgets/core@^1.0.0, left-pad@^1.0.0'],
  ],
];

it.each(refused)(
  'asks a default registry with a key for a package of each scope where %s',
  async (_, parts, findings) => {
    const run = await played(knowsToken, parts);
    expect(run.findings).toEqual(findings);
    expect(run.exitCode).toBe(1);
  },
);

it('passes where the key opens it, and sends the key nowhere else', async () => {
  const run = await played(knowsToken, { npmrc: line + key, variables: { NPM_TOKEN: token } });
  expect(run).toMatchObject({ findings: [], exitCode: 0 });
  expect(new Set(run.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${token}`]));
  expect(run.asked.some(({ path }) => path.includes('theme'))).toBe(false);
});

it('passes where the registry is open to everybody, whatever the key is worth', async () => {
  const run = await played(() => true, { npmrc: line + key });
  expect(run).toMatchObject({ findings: [], exitCode: 0 });
});

it.each([
  ['without a key', line],
  ['with a key for another host', `${line}//registry.third.example/npm/:_authToken=\${NPM_TOKEN}\n`],
])('never asks a mirror, %s', async (_, npmrc) => {
  const run = await played(() => false, { npmrc });
  expect(run).toEqual({ findings: [], exitCode: 0, asked: [] });
});

it('plans nothing for what the default registry has', async () => {
  const run = await played(knowsToken, {
    npmrc: line + key,
    variables: { NPM_TOKEN: token },
    command: 'run',
  });
  expect(run).toMatchObject({ findings: [], exitCode: 0 });
});

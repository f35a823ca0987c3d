import { expect, it } from 'vitest';
import { packTarball } from '../../src/simulator/tarball.ts';
import { serve } from '../io/support/servers.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, lockfile, rc, situation } from '../scenarios/situation.ts';
import type { Passage } from '../scenarios/test-world.ts';

const mirror = 'https://mirror.example';
const needs = {
  '@widgets/core': '1.0.0',
  '@widgets/theme': '1.0.0',
  'left-pad': '1.0.0',
  commander: '1.0.0',
};
const lock = lockfile(
  needs,
  Object.fromEntries(
    Object.keys(needs).map((name) => [
      name,
      { version: '1.0.0', resolved: `${mirror}/npm/${name}/-/package-1.0.0.tgz` },
    ]),
  ),
);

/** A mirror that gives every tarball of a path that `gives` allows, and refuses the others. */
async function served(
  gives: (path: string) => boolean,
  parts: Partial<Parameters<typeof situation>[0]> = {},
) {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const server = await serve((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push({ path, authorization: request.headers.authorization });
    if (!gives(path)) return void response.writeHead(401).end('{}');
    const name = /^\/npm\/(.+)\/-\//.exec(path)?.[1] ?? '';
    response.end(packTarball({ name, version: '1.0.0' }));
  });
  const passage = async (gitlab: { url: string }): Promise<Passage> => ({
    origin: new URL(gitlab.url).origin,
    origins: { [mirror]: server.url },
  });
  const { report, exitCode } = await play(
    situation({
      name: 'locked-at-mirror',
      story: '',
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}`,
      dependencies: needs,
      lock,
      passage,
      ...parts,
    }),
  );
  const titles = report.findings.map(({ title }) => title);
  return { findings: report.findings.map(findingLine), titles, exitCode, asked };
}

it('fails where the host that the lockfile alone names refuses, and asks it without a credential', async () => {
  const run = await served(() => false);
  expect(run.findings).toEqual(['NP111 confirmed: @widgets/core@1.0.0', 'NP111 confirmed: left-pad@1.0.0']);
  expect(run.titles[1]).toBe(
    'package-lock.json takes left-pad from https://mirror.example, and no registry line sends it there',
  );
  expect(run.exitCode).toBe(1);
  expect(run.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
});

it('fails where that host refuses one scope alone', async () => {
  const run = await served((path) => !path.includes('@widgets'));
  expect(run.findings).toEqual(['NP111 confirmed: @widgets/core@1.0.0']);
  expect(run.exitCode).toBe(1);
});

it('warns where it gives one package of each scope, and asks for no more', async () => {
  const run = await served(() => true);
  expect(run.titles).toEqual([
    'package-lock.json takes @widgets/core and 3 more from https://mirror.example, and nothing here names that host',
  ]);
  expect(run.exitCode).toBe(0);
  expect(run.asked.map(({ path }) => path).sort()).toEqual([
    '/npm/@widgets/core/-/package-1.0.0.tgz',
    '/npm/left-pad/-/package-1.0.0.tgz',
  ]);
});

it('says where a line names that host, though no credential is sent to it', async () => {
  const run = await served(() => true, {
    npmrc: `${rc.instance}${rc.key}@others:registry=${mirror}/private/\n`,
  });
  expect(run.titles).toEqual([
    'package-lock.json takes @widgets/core and 3 more from https://mirror.example, to which no credential is sent for it',
  ]);
});

it('only warns of an optional package that it refuses, which npm leaves out', async () => {
  const only = { 'left-pad': '1.0.0' };
  const run = await served(() => false, {
    dependencies: {},
    files: { 'package.json': JSON.stringify({ name: 'shop', optionalDependencies: only }) },
    lock: JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { optionalDependencies: only },
        'node_modules/left-pad': {
          version: '1.0.0',
          resolved: `${mirror}/npm/left-pad/-/package-1.0.0.tgz`,
          optional: true,
        },
      },
    }),
  });
  expect(run.findings).toEqual(['warning NP111 confirmed: left-pad@1.0.0']);
  expect(run.exitCode).toBe(0);
});

it('asks no such host where the scopes are given', async () => {
  const run = await served(() => false, { inputs: { scopes: '@acme' } });
  expect(run.asked).toEqual([]);
  expect(run.findings).toEqual(['warning NP111 confirmed']);
  expect(run.exitCode).toBe(0);
});

import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { preflight } from '../../src/app.ts';
import type { ClientName } from '../../src/domain/client.ts';
import { readInputs } from '../../src/inputs.ts';
import { realWorld } from '../../src/io/real-world.ts';
import { temporaryFolder, writeTree } from '../support/temporary-tree.ts';
import { type OddKind, type OddScene, startOddServer } from './odd-server.ts';

/** The versions with which each row was run for real against the same servers. */
const clients = {
  'npm 10': ['npm', '10.9.9'],
  'npm 11': ['npm', '11.21.2'],
  'npm 12': ['npm', '12.2.0'],
  'pnpm 9': ['pnpm', '9.15.9'],
  'pnpm 10': ['pnpm', '10.34.9'],
  'pnpm 11': ['pnpm', '11.28.11'],
  'pnpm 12': ['pnpm', '12.21.0'],
  'yarn 1': ['yarn', '1.22.22'],
  'yarn 4': ['yarn-berry', '4.18.1'],
  bun: ['bun', '1.4.5'],
} as const satisfies Record<string, readonly [ClientName, string]>;
type Client = keyof typeof clients;
const all = Object.keys(clients) as readonly Client[];
const token = 'tok-9f2c41d0a7b8e6';

interface Row {
  name: string;
  kinds?: readonly OddKind[];
  answer(scene: OddScene): Buffer | null;
  retries?: number;
  metadata?(dist: Record<string, unknown>): unknown;
  /** Whose install gets the package; all others end with an error. */
  installs: readonly Client[];
}

const but = (...names: readonly Client[]) => all.filter((name) => !names.includes(name));
const pnpmsOfOldKind = ['pnpm 9', 'pnpm 10', 'pnpm 11'] as const;
const usual = (scene: OddScene) => scene.answer();
const chain = (length: number) => (scene: OddScene) => {
  const left = Number(/left=(\d+)/.exec(scene.target)?.[1] ?? length);
  return left === 0
    ? scene.answer()
    : scene.answer({ status: 302, headers: [`location: ?left=${left - 1}`], body: '' });
};

const version = (dist: unknown) => ({ name: '@acme/ui', version: '1.4.0', dist });
const withVersions = (versions: unknown) => ({
  name: '@acme/ui',
  'dist-tags': { latest: '1.4.0' },
  versions,
  time: { '1.3.0': '2020-01-01T00:00:00.000Z', '1.4.0': '2020-01-01T00:00:00.000Z' },
});

/** Two versions, of which only the `had` one has a tarball. */
const oneOfTwo =
  (had: '1.3.0' | '1.4.0', latest: string, about: Record<string, unknown>) =>
  (dist: Record<string, unknown>): unknown => {
    const of = (name: string, more = {}) => ({
      ...version(name === had ? dist : { ...dist, tarball: 'http://127.0.0.1:1/none.tgz' }),
      version: name,
      ...more,
    });
    const versions = { '1.3.0': of('1.3.0'), '1.4.0': of('1.4.0', about) };
    return { ...withVersions(versions), 'dist-tags': { latest } };
  };
const deprecated = { deprecated: 'take the one before' };
const choosing = (name: string, metadata: Row['metadata'], installs: readonly Client[]): Row => ({
  name,
  kinds: ['metadata'],
  answer: usual,
  ...(metadata && { metadata }),
  installs,
});
const npms = ['npm 10', 'npm 11', 'npm 12'] as const;

const rows: readonly Row[] = [
  { name: 'the right answer', answer: usual, installs: all },
  {
    name: '100 before the answer',
    answer: (scene) => Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), scene.answer()]),
    installs: but('pnpm 11'),
  },
  {
    name: '103 before the answer',
    answer: (scene) =>
      Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n'), scene.answer()]),
    installs: all,
  },
  ...[201, 203, 226].map(
    (status): Row => ({
      name: `metadata under ${status}`,
      kinds: ['metadata'],
      answer: (scene) => scene.answer({ status }),
      installs: all,
    }),
  ),
  ...[201, 203, 205, 206, 226].map(
    (status): Row => ({
      name: `a tarball under ${status}`,
      kinds: ['tarball'],
      answer: (scene) => scene.answer({ status }),
      installs: but(...pnpmsOfOldKind),
    }),
  ),
  {
    name: 'metadata under 205',
    kinds: ['metadata'],
    answer: (scene) => scene.answer({ status: 205 }),
    installs: but('pnpm 11'),
  },
  { name: '204', answer: (scene) => scene.answer({ status: 204, body: '' }), installs: [] },
  { name: 'nothing under 200', answer: (scene) => scene.answer({ body: '' }), installs: [] },
  { name: 'nothing under 201', answer: (scene) => scene.answer({ status: 201, body: '' }), installs: [] },
  { name: 'ten redirects', answer: chain(10), installs: all },
  {
    name: 'eleven redirects to metadata',
    kinds: ['metadata'],
    answer: chain(11),
    installs: but('pnpm 12', 'yarn 1', 'yarn 4'),
  },
  {
    name: 'a byte order mark',
    kinds: ['metadata'],
    answer: (scene) => scene.answer({ body: Buffer.concat([Buffer.from('\ufeff'), scene.body]) }),
    installs: ['pnpm 11', 'bun'],
  },
  {
    name: 'zstd in name only',
    answer: (scene) => scene.answer({ headers: ['content-encoding: zstd'] }),
    installs: but('pnpm 11', 'pnpm 12', 'bun'),
  },
  {
    name: '408 before the answer',
    answer: (scene) => (scene.nth === 0 ? scene.answer({ status: 408, body: '' }) : scene.answer()),
    retries: 1,
    installs: all,
  },
  {
    name: 'a version beside that is no object',
    kinds: ['metadata'],
    answer: usual,
    metadata: (dist) => withVersions({ '1.3.0': null, '1.4.0': version(dist) }),
    installs: but('pnpm 11'),
  },
  {
    name: 'the version itself no object',
    kinds: ['metadata'],
    answer: usual,
    metadata: (dist) => withVersions({ '1.3.0': version(dist), '1.4.0': null }),
    installs: [],
  },
  {
    name: 'a tarball that is not packed',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ body: gunzipSync(scene.body) }),
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: but('yarn 1'),
  },
  {
    name: 'zeros behind an archive',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ body: Buffer.concat([scene.body, Buffer.alloc(300)]) }),
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: but('yarn 1'),
  },
  {
    name: 'half an archive',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ body: scene.body.subarray(0, scene.body.length >> 1) }),
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: [],
  },
  {
    name: 'a page instead of a tarball',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ body: `<html>${' '.repeat(600)}</html>` }),
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: [],
  },
  {
    name: 'a tarball named by its path',
    kinds: ['tarball'],
    answer: usual,
    metadata: ({ tarball, ...dist }) =>
      withVersions({ '1.4.0': version({ ...dist, tarball: new URL(String(tarball)).pathname }) }),
    installs: ['yarn 1', 'yarn 4'],
  },
  choosing('a newest version that is deprecated', oneOfTwo('1.3.0', '1.4.0', deprecated), [
    ...npms,
    'pnpm 11',
    'pnpm 12',
    'yarn 4',
    'bun',
  ]),
  choosing('only a deprecated newest version to be had', oneOfTwo('1.4.0', '1.4.0', deprecated), [
    'pnpm 9',
    'pnpm 10',
    'yarn 1',
  ]),
  choosing(
    'a deprecated newest version without the tag',
    oneOfTwo('1.3.0', '9.9.9', deprecated),
    but('pnpm 9', 'pnpm 10', 'yarn 1'),
  ),
  choosing('an older version tagged latest', oneOfTwo('1.3.0', '1.3.0', {}), but('yarn 4')),
  choosing('an older version tagged latest, the newest to be had', oneOfTwo('1.4.0', '1.3.0', {}), [
    'yarn 4',
  ]),
  choosing(
    'a newest version for a Node of later',
    oneOfTwo('1.3.0', '1.4.0', { engines: { node: '>=99' } }),
    npms,
  ),
  choosing('a newest version for any Node', oneOfTwo('1.4.0', '1.4.0', { engines: { node: '>=4' } }), all),
  { name: 'a folded header', answer: (scene) => scene.answer({ headers: ['x: one\r\n two'] }), installs: [] },
];

describe.each(rows)(
  '$name',
  ({ kinds = ['metadata', 'tarball'], answer, metadata, retries = 0, installs }) => {
    test.each(kinds)('for %s: the step ends as the install of each client', async (kind) => {
      const server = await startOddServer(kind, answer, metadata);
      onTestFinished(server.close);
      const ends = await Promise.all(all.map((name) => verify(name, server.port, retries)));
      const passing = all.filter((_, index) => ends[index]?.verdict === 'pass');
      expect(passing).toEqual(installs);
      expect(ends.flatMap(({ codes }) => codes).filter((code) => code === 'NP901')).toEqual([]);
      expect(JSON.stringify(ends)).not.toContain(token);
    });
  },
);

async function verify(client: Client, port: number, retries: number) {
  const folder = temporaryFolder();
  writeTree(folder, {
    'checkout/package.json': '{"name":"shop","version":"1.0.0","dependencies":{"@acme/ui":"^1.0.0"}}\n',
    'home/.npmrc': `@acme:registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=${token}\nallow-remote=all\n`,
    'home/.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "http://127.0.0.1:${port}"\n    npmAuthToken: "${token}"\nunsafeHttpWhitelist: ["127.0.0.1"]\n`,
    'bin/nothing': '',
  });
  const [name, version] = clients[client];
  const home = join(folder, 'home');
  const env = { HOME: home, USERPROFILE: home, PATH: join(folder, 'bin') };
  const directory = join(folder, 'checkout');
  const machine = realWorld({ version: '0.0.0-test', env, directory, platform: process.platform });
  const args = { client: name, timeout: '10s', retries: `${retries}` };
  const reading = readInputs({
    args: new Map(Object.entries(args).map(([input, value]) => [input, [value]])),
    env,
  });
  if (reading.kind === 'usage') throw new Error(reading.message);
  const result = await preflight(
    { ...machine, findClient: async () => ({ version, globalConfig: null }) },
    { command: 'verify', inputs: reading.inputs, dryRun: false, offline: false },
  );
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  const { verdict, findings } = result.report;
  return { verdict, codes: findings.map(({ code }) => code), findings };
}

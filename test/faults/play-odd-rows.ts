import { join } from 'node:path';
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
export type Client = keyof typeof clients;
export const all = Object.keys(clients) as readonly Client[];
const token = 'tok-9f2c41d0a7b8e6';

/** Answers of one kind of request, or metadata, that are odd, and what real clients made of them. */
export interface OddRow {
  name: string;
  kinds?: readonly OddKind[];
  answer(scene: OddScene): Buffer | null;
  retries?: number;
  metadata?(dist: Record<string, unknown>): unknown;
  /** Whose install gets the package; all others end with an error. */
  installs: readonly Client[];
}

export const but = (...names: readonly Client[]) => all.filter((name) => !names.includes(name));
export const usual = (scene: OddScene) => scene.answer();

/** Runs each row with every client: the step has to pass where the install got the package, and nowhere else. */
export function playOddRows(rows: readonly OddRow[]): void {
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
}

/** One run of `verify` with a client against a server at a port, whose registry lies at `path`. */
export async function verify(client: Client, port: number, retries: number, path = '/') {
  const place = `127.0.0.1:${port}${path}`;
  const folder = temporaryFolder();
  writeTree(folder, {
    'checkout/package.json': '{"name":"shop","version":"1.0.0","dependencies":{"@acme/ui":"^1.0.0"}}\n',
    'home/.npmrc': `@acme:registry=http://${place}\n//${place}:_authToken=${token}\nallow-remote=all\n`,
    'home/.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "http://${place.replace(/\/$/, '')}"\n    npmAuthToken: "${token}"\nunsafeHttpWhitelist: ["127.0.0.1"]\n`,
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

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../../src/demo/scenario.ts';
import { findClient } from '../../../src/io/client-version.ts';
import { runtimeClientIds } from '../../support/runtime-clients.ts';
import { temporaryFolder, writeTree } from '../../support/temporary-tree.ts';
import { layJob, startServers } from './gitlab-job.ts';
import { goodConfiguration, type Habits, habits } from './good-configuration.ts';
import { type RealClient, realClient } from './real-client.ts';

const places = [
  { scheme: 'http', root: '', where: 'by http on a port' },
  { scheme: 'https', root: '', where: 'by https at a host name' },
  { scheme: 'https', root: '/gitlab', where: 'by https below a relative root' },
] as const;
/** The laboratory is for Linux only. */
const possible = places.filter(({ scheme }) => scheme === 'http' || process.platform === 'linux');

describe.each(runtimeClientIds)('%s', (id) => {
  const place = temporaryFolder();
  let client: RealClient;
  beforeAll(async () => {
    client = await realClient(id, place);
  });
  afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

  it('is found on the path with its own version, where a project names another', async () => {
    const packageManager = `${client.name.replace('-berry', '')}@9.9.9`;
    writeTree(place, { 'package.json': JSON.stringify({ packageManager }) });
    const found = await findClient(client.name, {
      env: { PATH: client.bin, HOME: place },
      platform: process.platform === 'win32' ? 'win32' : 'posix',
      directory: place,
    });
    expect(found).toMatchObject({ name: client.name, version: client.version });
  });

  it.concurrent.each(possible)(
    'installs private packages of two projects $where',
    async ({ scheme, root }) => {
      const servers = await startServers(root, scheme);
      const good = goodConfiguration(id, servers.at);
      const { install, frozen, lockfile, transitive }: Habits = habits[id];
      const job = layJob(client, servers, {
        checkout: { 'package.json': manifest({ '@acme/ui': '^1.0.0', left: '1.0.0' }), ...good.checkout },
        env: good.env,
      });
      const installed = (folder: string) => fs.existsSync(join(job.checkout, folder, 'package.json'));
      try {
        for (const args of [install, frozen]) {
          const before = servers.gitlab.requests.length;
          const ran = await job.client(...args);
          const why = `${args.join(' ')}\n${ran.stdout}\n${ran.stderr}`;
          expect(ran.code, why).toBe(0);
          for (const folder of [
            'node_modules/@acme/ui',
            'node_modules/left',
            transitive('@acme/tokens', '2.1.0'),
          ]) {
            expect(installed(folder), `${folder}: ${why}`).toBe(true);
          }
          const asked = servers.gitlab.requests.slice(before);
          expect(
            asked
              .filter(({ url }) => url.endsWith('.tgz'))
              .map(({ url, authorization, status }) => `${url} ${authorization} ${status}`)
              .sort(),
            why,
          ).toEqual([
            `${root}/api/v4/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz bearer 200`,
            `${root}/api/v4/projects/325/packages/npm/@acme/tokens/-/@acme/tokens-2.1.0.tgz bearer 200`,
          ]);
          expect(fs.existsSync(join(job.checkout, lockfile))).toBe(true);
        }
        expect(servers.publicRegistry.requests.length).toBeGreaterThan(0);
        expect(servers.publicRegistry.requests.every(({ authorization }) => authorization === 'none')).toBe(
          true,
        );
      } finally {
        job.remove();
        await servers.close();
      }
    },
  );
});

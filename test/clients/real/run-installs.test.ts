import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../../src/demo/scenario.ts';
import { filesBelow, findLeaks } from '../../support/leak-scan.ts';
import { type RuntimeClientId, runtimeClientIds } from '../../support/runtime-clients.ts';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { type Addresses, type Job, layJob, startServers, token } from './gitlab-job.ts';
import { type Habits, habits } from './good-configuration.ts';
import { type RealClient, realClient } from './real-client.ts';

/** What `run` has to prepare: a prefix at an address, for one package or a workspace. */
interface Preparation {
  name: string;
  scheme: 'http' | 'https';
  root: '' | '/gitlab';
  direct: string;
  transitive: string;
  shape: 'single' | 'workspace';
  args(at: Addresses): readonly string[];
}

const preparations: readonly Preparation[] = [
  {
    name: 'the instance prefix, by http on a port, in a workspace',
    scheme: 'http',
    root: '',
    direct: '@acme/ui',
    transitive: '@acme/tokens',
    shape: 'workspace',
    args: () => [],
  },
  {
    name: 'the group prefix, by https below a relative root',
    scheme: 'https',
    root: '/gitlab',
    direct: '@design/ui',
    transitive: '@design/tokens',
    shape: 'single',
    args: () => ['--scopes', '@design'],
  },
  {
    name: 'the prefixes of two projects, by http below a relative root',
    scheme: 'http',
    root: '/gitlab',
    direct: '@kit/ui',
    transitive: '@parts/tokens',
    shape: 'single',
    args: (at) => ['--registries', `@kit=${at.project(324)}\n@parts=${at.project(325)}`],
  },
];
/** The laboratory for https is for Linux only. */
const possible = preparations.filter(({ scheme }) => scheme === 'http' || process.platform === 'linux');

describe.each(runtimeClientIds)('%s after run', (id) => {
  const place = temporaryFolder();
  let client: RealClient;
  beforeAll(async () => {
    client = await realClient(id, place);
  });
  afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

  it.concurrent.each(possible)('installs from $name', async (preparation) => {
    const servers = await startServers(preparation.root, preparation.scheme);
    const job = layJob(client, servers, { checkout: checkoutOf(id, preparation) });
    const { install, frozen }: Habits = habits[id];
    const installed = (name: string) => foldersOf(job, preparation).some((folder) => has(folder, name));
    try {
      for (const args of [install, frozen]) {
        const run = await job.preflight('run', ...preparation.args(servers.at));
        expect(run, args.join(' ')).toMatchObject({ code: 0, stderr: '' });
        const before = servers.gitlab.requests.length;
        const ran = await job.client(...args);
        const why = `${args.join(' ')}\n${run.stdout}\n${ran.stdout}\n${ran.stderr}`;
        expect(ran.code, why).toBe(0);
        expect(installed(preparation.direct), why).toBe(true);
        const tarballs = servers.gitlab.requests.slice(before).filter(({ url }) => url.endsWith('.tgz'));
        expect(tarballs.map(({ authorization, status }) => `${authorization} ${status}`)).toEqual([
          'bearer 200',
          'bearer 200',
        ]);
        const restored = await job.preflight('restore');
        expect(restored).toMatchObject({ code: 0, stderr: '' });
        expect(Object.keys(filesBelow(job.home))).toEqual([]);
        const printed = [run, restored].map(({ stdout, stderr }) => stdout + stderr).join('');
        expect(findLeaks(token, { printed, ...filesBelow(job.home) })).toEqual([]);
      }
      expect(servers.publicRegistry.requests.every(({ authorization }) => authorization === 'none')).toBe(
        true,
      );
    } finally {
      job.remove();
      await servers.close();
    }
  });
});

function checkoutOf(id: RuntimeClientId, { shape, direct }: Preparation): Readonly<Record<string, string>> {
  const asks = { [direct]: '^1.0.0' };
  const yarn =
    id.startsWith('yarn-') && id !== 'yarn-1' ? { '.yarnrc.yml': 'nodeLinker: node-modules\n' } : {};
  if (shape === 'single') return { 'package.json': manifest(asks), ...yarn };
  return {
    'package.json': manifest({}, { workspaces: ['apps/*'] }),
    'apps/web/package.json': manifest(asks, { name: 'web' }),
    ...(id.startsWith('pnpm') ? { 'pnpm-workspace.yaml': 'packages:\n  - "apps/*"\n' } : {}),
    ...yarn,
  };
}

/** Where a client may put what a workspace asks for. */
function foldersOf({ checkout }: Job, { shape }: Preparation): readonly string[] {
  return shape === 'single' ? [checkout] : [checkout, join(checkout, 'apps', 'web')];
}

function has(folder: string, name: string): boolean {
  return fs.existsSync(join(folder, 'node_modules', ...name.split('/'), 'package.json'));
}

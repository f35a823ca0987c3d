import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../../src/demo/scenario.ts';
import { publicHost } from '../../../src/domain/public-registry.ts';
import { filesBelow, findLeaks } from '../../support/leak-scan.ts';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { type Addresses, layJob, type Servers, startServers, token } from './gitlab-job.ts';
import { type RealNpm, realNpm } from './real-npm.ts';

/** A prefix by which the packages are found: which scopes show it, and what has to be said for it. */
interface Variant {
  prefix: 'instance' | 'group' | 'project';
  direct: string;
  transitive: string;
  args(at: Addresses): readonly string[];
}

const variants: readonly Variant[] = [
  { prefix: 'instance', direct: '@acme/ui', transitive: '@acme/tokens', args: () => [] },
  {
    prefix: 'group',
    direct: '@design/ui',
    transitive: '@design/tokens',
    args: () => ['--scopes', '@design'],
  },
  {
    prefix: 'project',
    direct: '@kit/ui',
    transitive: '@parts/tokens',
    args: (at) => ['--registries', `@kit=${at.project(324)}\n@parts=${at.project(325)}`],
  },
];

describe.each([10, 11, 12] as const)('npm %i', (major) => {
  const place = temporaryFolder();
  let npm: RealNpm;
  beforeAll(async () => {
    npm = await realNpm(major, place);
  });
  afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

  describe.each(['', '/gitlab'])('GitLab at the root "%s"', (relativeRoot) => {
    it.concurrent('gives the user file its bytes and its mode back', async () => {
      const servers = await startServers(relativeRoot);
      const job = layJob(npm, servers, {
        checkout: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) },
        home: { '.npmrc': '; mine\r\nregistry=http://127.0.0.1:9/\r\n[odd]\r\nx = "y"' },
      });
      const rc = join(job.home, '.npmrc');
      try {
        fs.chmodSync(rc, 0o640);
        const before = { bytes: fs.readFileSync(rc), mode: fs.statSync(rc).mode };
        expect(await job.preflight('run')).toMatchObject({ code: 0, stderr: '' });
        expect(fs.readFileSync(rc).equals(before.bytes)).toBe(false);
        expect(fs.statSync(rc).mode).toBe(before.mode);
        for (const _ of ['once', 'again']) {
          expect(await job.preflight('restore')).toMatchObject({ code: 0, stderr: '' });
          expect({ bytes: fs.readFileSync(rc), mode: fs.statSync(rc).mode }).toEqual(before);
        }
        const left = Object.keys(filesBelow(job.folder)).sort();
        expect(left).toEqual([join(job.checkout, 'package.json'), rc]);
      } finally {
        job.remove();
        await servers.close();
      }
    });

    it.concurrent.each(variants)('installs what run prepared at the $prefix prefix', async (variant) => {
      const servers = await startServers(relativeRoot);
      const job = layJob(npm, servers, {
        checkout: { 'package.json': manifest({ [variant.direct]: '^1.0.0', left: '1.0.0' }) },
      });
      try {
        await installsTwice(servers, job, variant);
      } finally {
        job.remove();
        await servers.close();
      }
    });
  });
});

async function installsTwice(servers: Servers, job: ReturnType<typeof layJob>, variant: Variant) {
  const rc = join(job.home, '.npmrc');
  const { gitlab } = servers;
  const installed = (name: string) => fs.existsSync(join(job.checkout, 'node_modules', ...name.split('/')));
  for (const command of ['install', 'ci']) {
    const run = await job.preflight('run', ...variant.args(servers.at));
    expect(run, command).toMatchObject({ code: 0, stderr: '' });
    expect(fs.readFileSync(rc, 'utf8')).toContain('${CI_JOB_TOKEN}');
    const before = gitlab.requests.length;
    const npm = await job.npm(command);
    expect(npm.code, `npm ${command}: ${npm.stderr}`).toBe(0);
    for (const name of [variant.direct, variant.transitive, 'left']) expect(installed(name), name).toBe(true);
    const tarballs = gitlab.requests.slice(before).filter(({ url }) => url.endsWith('.tgz'));
    expect(tarballs.map(({ authorization, status }) => `${authorization} ${status}`)).toEqual([
      'bearer 200',
      'bearer 200',
    ]);
    expect(servers.publicRegistry.requests.every(({ authorization }) => authorization === 'none')).toBe(true);
    const restored = await job.preflight('restore');
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(fs.existsSync(rc)).toBe(false);
    lockAtPublicHost(servers, job);
    const printed = [run, npm, restored].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(findLeaks(token, { printed, ...filesBelow(job.folder) })).toEqual([]);
  }
}

/** Lets the lockfile name the public registry as every other lockfile does; npm asks the default registry in its place. */
function lockAtPublicHost({ publicRegistry }: Servers, job: ReturnType<typeof layJob>) {
  const lockfile = join(job.checkout, 'package-lock.json');
  const text = fs.readFileSync(lockfile, 'utf8');
  fs.writeFileSync(lockfile, text.replaceAll(new URL(publicRegistry.url).origin, `https://${publicHost}`));
}

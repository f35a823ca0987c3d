import * as fs from 'node:fs';
import { join } from 'node:path';
import type { NpmMajor } from '../../support/runtimes.ts';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { type Job, layJob, type Servers, startServers, token } from './gitlab-job.ts';
import { type Configuration, checkoutOf, LITERAL } from './npm-configurations.ts';
import { type RealNpm, realNpm } from './real-npm.ts';

/** A real npm and its servers, for many configurations. */
export interface Workshop {
  /** A job that finds this configuration, and the npm command that its install is. */
  lay(configuration: Configuration): Promise<{ job: Job; install: 'install' | 'ci' }>;
  close(): Promise<void>;
}

/** Opens a workshop for an npm. Rejects when its runtimes can't be installed. */
export async function openWorkshop(major: NpmMajor): Promise<Workshop> {
  const place = temporaryFolder();
  const npm = await realNpm(major, place);
  const plain = await startServers('');
  const below = await startServers('/gitlab');
  const locks = new Map<Servers, Promise<string>>();

  function lockfile(servers: Servers): Promise<string> {
    const lock = locks.get(servers) ?? makeLockfile(npm, servers);
    locks.set(servers, lock);
    return lock;
  }

  return {
    async lay(configuration) {
      const servers = configuration.root === undefined ? plain : below;
      const files = configuration.files(servers.at);
      const change = configuration.locked?.(servers.at);
      const lock = change ? { 'package-lock.json': change(await lockfile(servers)) } : {};
      const checkout = withToken({ ...checkoutOf(files), ...lock });
      const job = layJob(npm, servers, { ...files, checkout });
      return { job, install: change ? 'ci' : 'install' };
    },
    async close() {
      await Promise.all([plain.close(), below.close()]);
      fs.rmSync(place, { recursive: true, force: true });
    },
  };
}

/** The lockfile that this npm makes when everything is right. */
async function makeLockfile(npm: RealNpm, servers: Servers): Promise<string> {
  const { instance, api } = servers.at;
  const key = `${api.replace(/^http:/, '')}/:_authToken=\${CI_JOB_TOKEN}`;
  const rc = [`@acme:registry=${instance}`, key, 'allow-remote=all'];
  const job = layJob(npm, servers, { checkout: checkoutOf({ rc }) });
  try {
    const made = await job.npm('install', '--package-lock-only');
    if (made.code !== 0) throw new Error(`npm made no lockfile: ${made.stderr}`);
    return fs.readFileSync(join(job.checkout, 'package-lock.json'), 'utf8');
  } finally {
    job.remove();
  }
}

function withToken(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll(LITERAL, token)]),
  );
}

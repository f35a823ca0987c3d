import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { layJob, type Servers, startServers, token } from './gitlab-job.ts';
import { checkoutOf, type Configuration, configurations, endFor, LITERAL } from './npm-configurations.ts';
import { type RealNpm, realNpm } from './real-npm.ts';

describe.each([10, 11, 12] as const)('npm %i and a configuration with', (major) => {
  const place = temporaryFolder();
  const roots = ['', '/gitlab'] as const;
  const servers = new Map<string, Servers>();
  const locks = new Map<string, string>();
  let npm: RealNpm;
  beforeAll(async () => {
    npm = await realNpm(major, place);
    for (const root of roots) servers.set(root, await startServers(root));
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
    fs.rmSync(place, { recursive: true, force: true });
  });

  it.each(configurations)('$name: the verdict of verify is what npm does', async (configuration) => {
    const at = serversFor(configuration);
    const files = configuration.files(at.at);
    const checkout = Object.entries(checkoutOf(files)).map(([path, text]) => [path, text.replaceAll(LITERAL, token)]);
    if (configuration.locked) checkout.push(['package-lock.json', configuration.locked(at.at)(await lockOf(at))]);
    const job = layJob(npm, at, { ...files, checkout: Object.fromEntries(checkout) });
    try {
      const verify = await job.preflight('verify', '--format', 'json');
      const real = await job.npm(configuration.locked ? 'ci' : 'install');
      const report = JSON.parse(verify.stdout);
      const end = endFor(configuration, major);
      const codes = report.findings.map((f: any) => `${f.code} ${f.severity} ${f.certainty}: ${f.title}`);
      console.log(JSON.stringify({ major, name: configuration.name, want: end === 'installs' ? end : end.code, verify: verify.code, npm: real.code, err: real.code ? /npm error code (\S+)/.exec(real.stderr)?.[1] ?? real.stderr.slice(0,200) : '', codes }));
    } finally {
      job.remove();
    }
  });

  function serversFor({ root }: Configuration): Servers {
    const found = servers.get(root ?? '');
    if (!found) throw new Error('the servers are not running');
    return found;
  }

  /** The lockfile that this npm makes when everything is right. */
  async function lockOf(server: Servers): Promise<string> {
    const known = locks.get(server.at.url);
    if (known) return known;
    const rc = [`@acme:registry=${server.at.instance}`, `${server.at.key}/:_authToken=\${CI_JOB_TOKEN}`, 'allow-remote=all'];
    const job = layJob(npm, server, { checkout: checkoutOf({ rc }) });
    await job.npm('install', '--package-lock-only');
    const lock = fs.readFileSync(join(job.checkout, 'package-lock.json'), 'utf8');
    job.remove();
    locks.set(server.at.url, lock);
    return lock;
  }
});

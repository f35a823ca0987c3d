import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { layJob, type Servers, startServers, token } from './gitlab-job.ts';
import { type Configuration, checkoutOf, configurationsFor, endFor, LITERAL } from './npm-configurations.ts';
import { type RealNpm, realNpm } from './real-npm.ts';

describe.each([10, 11, 12] as const)('npm %i with', (major) => {
  const place = temporaryFolder();
  const servers = new Map<string, Servers>();
  const locks = new Map<Servers, string>();
  let npm: RealNpm;
  beforeAll(async () => {
    npm = await realNpm(major, place);
    for (const root of ['', '/gitlab']) servers.set(root, await startServers(root));
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
    fs.rmSync(place, { recursive: true, force: true });
  });

  it.each(configurationsFor(major))('$name: verify says what npm does', async (configuration) => {
    const server = serversFor(configuration);
    const { at } = server;
    const files = configuration.files(at);
    const lock = configuration.locked?.(at)(await lockOf(server));
    const checkout = { ...checkoutOf(files), ...(lock !== undefined && { 'package-lock.json': lock }) };
    const job = layJob(npm, server, { ...files, checkout: withToken(checkout) });
    try {
      const [verify, real] = await Promise.all([
        job.preflight('verify', '--format', 'json'),
        job.npm(lock === undefined ? 'install' : 'ci'),
      ]);
      expect(verify.stderr).toBe('');
      expect(verify.stdout).not.toContain(token);
      const report = JSON.parse(verify.stdout) as Report;
      const said = { verify: verify.code, npm: real.code };
      const why = `${report.findings.map(({ code, title }) => `${code}: ${title}`).join('\n')}\n${real.stderr}`;
      const end = endFor(configuration, major);
      if (end === 'installs') {
        expect(said, why).toEqual({ verify: 0, npm: 0 });
        expect(report.verdict).toBe('pass');
      } else {
        expect(said, why).toEqual({ verify: 1, npm: 1 });
        expect(report.findings.map(({ code }) => code)).toContain(end.code);
        expect(real.stderr).toMatch(end.npm);
      }
    } finally {
      job.remove();
    }
  });

  it.runIf(major === 12).each(configurationsFor(major))(
    '$name: after run npm does what run says',
    async (configuration) => {
      const server = serversFor(configuration);
      const files = configuration.files(server.at);
      const lock = configuration.locked?.(server.at)(await lockOf(server));
      const checkout = { ...checkoutOf(files), ...(lock !== undefined && { 'package-lock.json': lock }) };
      const job = layJob(npm, server, { ...files, checkout: withToken(checkout) });
      try {
        const run = await job.preflight('run', '--format', 'json');
        const real = await job.npm(lock === undefined ? 'install' : 'ci');
        const report = JSON.parse(run.stdout) as Report;
        fs.appendFileSync(
          '/tmp/h8/runs.txt',
          JSON.stringify({
            name: configuration.name,
            run: run.code,
            npm: real.code,
            f: report.findings.map(({ code, title, severity }) => `${code} ${severity}: ${title}`),
            err: real.stderr.slice(0, 300),
          }) + '\n',
        );
      } finally {
        job.remove();
      }
    },
  );

  function serversFor({ root }: Configuration): Servers {
    const found = servers.get(root ?? '');
    if (!found) throw new Error('the servers are not running');
    return found;
  }

  /** The lockfile that this npm makes when everything is right. */
  async function lockOf(server: Servers): Promise<string> {
    const known = locks.get(server);
    if (known !== undefined) return known;
    const { instance, api } = server.at;
    const key = `${api.replace(/^http:/, '')}/:_authToken=\${CI_JOB_TOKEN}`;
    const rc = [`@acme:registry=${instance}`, key, 'allow-remote=all'];
    const job = layJob(npm, server, { checkout: checkoutOf({ rc }) });
    try {
      const made = await job.npm('install', '--package-lock-only');
      expect(made.code, made.stderr).toBe(0);
      const lock = fs.readFileSync(join(job.checkout, 'package-lock.json'), 'utf8');
      locks.set(server, lock);
      return lock;
    } finally {
      job.remove();
    }
  }
});

function withToken(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll(LITERAL, token)]),
  );
}

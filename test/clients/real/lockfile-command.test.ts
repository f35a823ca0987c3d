import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockfileCommand } from '../../../src/causes/parts/lockfile-command.ts';
import type { Clues } from '../../../src/domain/cause.ts';
import type { ClientName } from '../../../src/domain/client.ts';
import { runProgram } from '../../support/run-program.ts';
import { runtimeClientIds } from '../../support/runtime-clients.ts';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { dependency } from '../client-world.ts';
import { type Job, layJob, type Servers, startServers } from './gitlab-job.ts';
import { type Habits, habits } from './good-configuration.ts';
import { type RealClient, realClient } from './real-client.ts';

const lockfiles: Readonly<Record<ClientName, string>> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  'yarn-berry': 'yarn.lock',
  bun: 'bun.lock',
};

/** A package whose locked version is gone, and how the checkout comes to it. */
const situations = [
  { what: 'only another one asks for', name: '@acme/tokens', version: '2.1.0', kind: 'transitive' },
  { what: 'the manifest asks for in development', name: '@acme/ui', version: '1.4.0', kind: 'dev' },
] as const;

describe.each(runtimeClientIds)('%s locks anew', (id) => {
  const place = temporaryFolder();
  let client: RealClient;
  let servers: Servers;
  beforeAll(async () => {
    client = await realClient(id, place);
    servers = await startServers('');
  });
  afterAll(async () => {
    await servers.close();
    fs.rmSync(place, { recursive: true, force: true });
  });

  it.each(situations)('a package that $what, and no other dependency is made', async (situation) => {
    const { name, version, kind } = situation;
    const lockfile = lockfiles[client.name];
    const yarn = client.name === 'yarn-berry' ? { '.yarnrc.yml': 'nodeLinker: node-modules\n' } : {};
    const job = layJob(client, servers, {
      checkout: { 'package.json': manifestOf({ '@acme/ui': '^1.4.0' }), ...yarn },
    });
    const { install, frozen }: Habits = habits[id];
    try {
      expect(await job.preflight('run', '--scopes', '@acme')).toMatchObject({ code: 0, stderr: '' });
      expect(await job.client(...install)).toMatchObject({ code: 0 });
      const path = join(job.checkout, lockfile);
      const made = fs.readFileSync(path, 'utf8');
      const gone = version.replace(/0$/, '7');
      const stale = made.replace(new RegExp(`(?<![\\d.^~])${version.replaceAll('.', '\\.')}`, 'g'), gone);
      expect(stale).not.toBe(made);
      fs.writeFileSync(path, stale);
      const command = commandFor(client.name, { name, kind, lockfile, version });
      const output = await carriedOut(job, client, command);
      const text = fs.readFileSync(path, 'utf8');
      expect(text, `${command}\n${output}`).not.toContain(gone);
      expect(text).toContain(version);
      const { dependencies, devDependencies } = JSON.parse(
        fs.readFileSync(join(job.checkout, 'package.json'), 'utf8'),
      );
      expect(dependencies, command).toBeUndefined();
      expect(Object.keys(devDependencies), command).toEqual(['@acme/ui']);
      const installed = await job.client(...frozen);
      expect(installed.code, `${installed.stdout}\n${installed.stderr}`).toBe(0);
    } finally {
      job.remove();
    }
  });
});

function manifestOf(devDependencies: Readonly<Record<string, string>>): string {
  return JSON.stringify({ name: 'shop', version: '1.0.0', private: true, devDependencies });
}

function commandFor(
  client: ClientName,
  {
    name,
    kind,
    lockfile,
    version,
  }: { name: string; kind: 'transitive' | 'dev'; lockfile: string; version: string },
): string {
  const clues = {
    case: { target: { dependency: dependency(name, { kind }) } },
    run: { project: { lockfile: { path: lockfile } }, client: { client: { name: client } } },
  };
  return lockfileCommand(clues as unknown as Clues, version);
}

/** Runs the parts of a command as a shell would: words, texts in double quotes, and `&&`. */
async function carriedOut(job: Job, client: RealClient, command: string): Promise<string> {
  const output: string[] = [];
  for (const part of command.split(' && ')) {
    const [program, ...args] = [...part.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, word]) => quoted ?? word ?? '',
    );
    const ran =
      program === 'node'
        ? await runProgram(client.node, args, { cwd: job.checkout, env: {} })
        : await job.client(...args);
    output.push(ran.stdout, ran.stderr);
    expect(ran.code, `${part}\n${output.join('\n')}`).toBe(0);
  }
  return output.join('\n');
}

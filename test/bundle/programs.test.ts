import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';
import type { Ran } from '../support/run-program.ts';
import { installRuntimes } from '../support/runtimes.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';
import { type Bench, dist, layBench, nodesOf, token } from './programs.ts';

const program = join(dist, 'index.js');

describe('the bundle', () => {
  let nodes: ReturnType<typeof nodesOf>;
  beforeAll(async () => {
    nodes = nodesOf(await installRuntimes());
  });

  /** Runs it with every Node in a place of its own, looks for the token, and gives what all of them said alike. */
  async function everywhere(
    variables: 'none' | 'job',
    args: readonly string[],
    place: (bench: Bench) => string = () => program,
  ): Promise<Ran> {
    const said: Ran[] = [];
    for (const { node } of nodes) {
      const bench = layBench(variables);
      try {
        const ran = await bench.run(node, place(bench), ...args);
        const { stdout, stderr } = ran;
        expect(findLeaks(token, { stdout, stderr, ...filesBelow(bench.folder) })).toEqual([]);
        said.push({ ...ran, stdout: alike(stdout, bench), stderr: alike(stderr, bench) });
      } finally {
        bench.remove();
      }
    }
    const [first] = said;
    if (!first) throw new Error('there is no Node to run');
    for (const one of said) expect(one).toEqual(first);
    return first;
  }

  /** Without what differs from run to run: the folder, and how long requests took. */
  function alike(text: string, { folder }: Bench): string {
    return text
      .replaceAll(folder, '<folder>')
      .replace(/\bin \d+(?:\.\d+)? m?s\b/g, 'in <time>')
      .replace(/"ms": ?\d+/g, '"ms":0')
      .replace(/section_(start|end):\d+/g, 'section_$1:0');
  }

  it.concurrent('tells its version', async () => {
    const { version } = JSON.parse(fs.readFileSync(join(dist, '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await everywhere('none', ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.concurrent('helps', async () => {
    const help = await everywhere('none', ['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['run', 'verify', 'which', 'explain', 'restore', 'demo', '--scopes', 'Exit codes']) {
      expect(help.stdout.toLowerCase()).toContain(word.toLowerCase());
    }
  });

  it.concurrent('plays the scenario of the README', async () => {
    const demo = await everywhere('none', ['demo']);
    expect(demo).toMatchObject({ code: 1, stderr: '' });
    expect(demo.stdout).toContain('error[NP301]');
  });

  it.concurrent('plays a scenario in which nothing is wrong', async () => {
    const demo = await everywhere('none', ['demo', 'healthy']);
    expect(demo).toMatchObject({ code: 0, stderr: '' });
    expect(demo.stdout).not.toContain('error[');
  });

  it.concurrent('explains a cause', async () => {
    const page = await everywhere('none', ['explain', 'NP301']);
    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toContain('NP301');
    expect(page.stdout.split('\n').length).toBeGreaterThan(20);
  });

  it.concurrent.each(['none', 'job'] as const)(
    'tells which line counts (variables: %s)',
    async (variables) => {
      const which = await everywhere(variables, ['which', '@acme/ui', '--client', 'npm@10.9.9']);
      expect(which).toMatchObject({ code: 0, stderr: '' });
      expect(which.stdout).toContain('http://127.0.0.1:9/api/v4/packages/npm/');
    },
  );

  it.concurrent.each([
    [['--nonsense']],
    [['which']],
    [['explain', 'NP999']],
    [['demo', 'no-such-scenario']],
    [['explain', token]],
    [['demo', token]],
    [['run', '--timeout', 'soon']],
    [['verify', '--token', token]],
    [[token]],
    [['run', `--${token}`]],
    [['run', '--token-env', token]],
  ])('refuses wrong usage: %j', async (args) => {
    const refused = await everywhere('job', args);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^error: /);
  });

  it.concurrent.each([
    ['run', '--client', 'npm@12.2.0', '--retries', '0'],
    ['verify', '--client', 'npm@12.2.0', '--retries', '0', '--format', 'json'],
    ['run', '--client', 'npm@12.2.0', '--dry-run', '--offline'],
  ])('judges without a server: %s %s %s %s %s', async (...args) => {
    const judged = await everywhere('job', args);
    expect([0, 1, 3]).toContain(judged.code);
    expect(judged.stderr).toBe('');
  });

  it.concurrent('needs nothing beside it where it is one file', async () => {
    const alone = (bench: Bench) => {
      const folder = join(bench.folder, 'alone');
      fs.mkdirSync(folder);
      fs.copyFileSync(join(dist, 'npmrc-preflight.cjs'), join(folder, 'x.cjs'));
      return join(folder, 'x.cjs');
    };
    expect((await everywhere('none', ['--version'], alone)).code).toBe(0);
    expect((await everywhere('none', ['--help'], alone)).code).toBe(0);
    const judged = ['verify', '--client', 'npm@12.2.0', '--retries', '0'];
    const whole = await everywhere('job', judged);
    expect(whole.stdout).toContain('explain: node dist/index.js explain NP402\n');
    // what leads to the pages is left out where they are not
    const stdout = whole.stdout.replace(/^.* explain: node dist.*\n/gm, '');
    expect(await everywhere('job', judged, alone)).toEqual({ ...whole, stdout });
    const page = await everywhere('none', ['explain', 'NP301'], alone);
    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toContain('NP301');
    const demo = await everywhere('none', ['demo'], alone);
    expect(demo).toMatchObject({ code: 2, stdout: '' });
    expect(demo.stderr).toContain('it comes with the folder dist of a checkout');
  });

  it.concurrent.each([
    ['preflight.js', 2, /^error: preflight\.js is not beside index\.js: .*npmrc-preflight\.cjs/],
    ['diagnose.js', 1, /^error\[NP901\]: .*diagnose\.js is not beside index\.js: .*npmrc-preflight\.cjs/],
  ])('passes nothing where %s is not beside it, and says so', async (part, code, says) => {
    const folder = temporaryFolder();
    try {
      fs.cpSync(dist, folder, { recursive: true });
      fs.rmSync(join(folder, part));
      const args = ['verify', '--client', 'npm@12.2.0', '--retries', '0'];
      const ran = await everywhere('job', args, () => join(folder, 'index.js'));
      expect(ran).toMatchObject({ code, stdout: '' });
      expect(ran.stderr).toMatch(says);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

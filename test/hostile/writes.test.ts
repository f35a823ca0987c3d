import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';
import { builtProgram, runProgram } from './support/built-program.ts';
import { expectContract } from './support/contract.ts';
import { onRequest } from './support/hostile-servers.ts';
import { type Job, job, manifest, token } from './support/job.ts';

const files = { 'package.json': manifest({ '@acme/ui': '1.0.0' }) };
const original = `; mine\ncolor=false\n//other.example/:_authToken=\${OTHER}\n${'# padding\n'.repeat(20_000)}`;
const long = process.env.NPMRC_PREFLIGHT_LONG !== undefined;
const posix = process.platform !== 'win32';

function userFile(one: Job): string {
  const path = join(one.home, '.npmrc');
  writeFileSync(path, original, { mode: 0o640 });
  return path;
}

const run = (one: Job, args: readonly string[] = ['--offline'], start = {}) =>
  runProgram(args, { cwd: one.checkout, env: one.env, ...start });

describe('a run that is ended at any moment', () => {
  const moments = long ? 120 : 16;
  test.each(['SIGTERM', 'SIGKILL'] as const)(
    '%s leaves whole files, and restore gives the originals back',
    async (signal) => {
      await builtProgram();
      const whole = job(files);
      const path = userFile(whole);
      const { milliseconds } = await run(whole);
      const written = readFileSync(path, 'utf8').replaceAll(whole.home, 'HOME');
      for (let at = 0; at < moments; at += 1) {
        const one = job(files);
        const file = userFile(one);
        const after = milliseconds * (0.3 + (at / moments) * 0.9);
        await run(one, ['--offline'], { kill: { after, signal } });
        const left = readFileSync(file, 'utf8').replaceAll(one.home, 'HOME');
        expect([original, written].includes(left), `after ${after} ms: ${left.length} characters`).toBe(true);
        expectContract(await run(one, ['restore']), [token]);
        expect(readFileSync(file, 'utf8')).toBe(original);
        if (posix) expect(statSync(file).mode & 0o777).toBe(0o640);
        expect(readFileSync(join(one.checkout, 'package.json'), 'utf8')).toBe(files['package.json']);
        expect(readdirSync(one.checkout)).toEqual(['package.json']);
      }
    },
  );

  test('a killed run does not keep the next one from working', async () => {
    const one = job(files);
    const file = userFile(one);
    for (let at = 0; at < (long ? 20 : 4); at += 1) {
      await run(one, ['--offline'], { kill: { after: 60 + at * 15, signal: 'SIGKILL' } });
    }
    const ending = await run(one);
    expect(ending.exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('@acme:registry=');
    await run(one, ['restore']);
    expect(readFileSync(file, 'utf8')).toBe(original);
  });

  test('ended while it waits for a server', async () => {
    const server = await onRequest(() => {});
    const one = job(files, { url: server.url });
    const file = userFile(one);
    await run(one, ['--timeout', '20s'], { kill: { after: 700, signal: 'SIGTERM' } });
    await run(one, ['restore']);
    expect(readFileSync(file, 'utf8')).toBe(original);
  });
});

describe('many runs', () => {
  test('twice is once: the second writes nothing', async () => {
    const one = job(files);
    const file = userFile(one);
    await run(one);
    const first = statSync(file);
    const text = readFileSync(file, 'utf8');
    const second = await run(one);
    expect(second.exitCode).toBe(0);
    expect(statSync(file).mtimeMs).toBe(first.mtimeMs);
    expect(statSync(file).ino).toBe(first.ino);
    expect(readFileSync(file, 'utf8')).toBe(text);
    await run(one, ['restore']);
    expect(readFileSync(file, 'utf8')).toBe(original);
    const again = await run(one, ['restore']);
    expect(again).toMatchObject({ exitCode: 0, stdout: 'nothing to restore\n' });
  });

  test('at once, the same and different ones: the file is whole and the original comes back', async () => {
    for (let round = 0; round < (long ? 20 : 3); round += 1) {
      const one = job(files);
      const file = userFile(one);
      const endings = await Promise.all(
        ['@acme', '@acme', '@tools', '@acme,@tools'].map((scopes) =>
          run(one, [
            '--offline',
            '--registries',
            `${scopes.split(',')[0]}=https://r.example/${scopes.length}/`,
          ]),
        ),
      );
      for (const ending of endings) expectContract(ending, [token]);
      const text = readFileSync(file, 'utf8');
      expect(text.startsWith(original)).toBe(true);
      expect(text.match(/# >>> npmrc-preflight/g)?.length ?? 0).toBeLessThanOrEqual(1);
      await run(one, ['restore']);
      expect(readFileSync(file, 'utf8')).toBe(original);
    }
  });

  test('restore leaves what somebody changed since', async () => {
    const one = job(files);
    const file = userFile(one);
    await run(one);
    writeFileSync(file, `${readFileSync(file, 'utf8')}loglevel=silly\n`);
    const ending = await run(one, ['restore']);
    expectContract(ending, [token]);
    expect(readFileSync(file, 'utf8')).toContain('loglevel=silly');
    expect(ending.stdout).toContain('left alone');
  });

  test('a file that was not there is gone again, with the folders made for it', async () => {
    const one = job(files, { env: {} });
    const env = { ...one.env, NPM_CONFIG_USERCONFIG: join(one.root, 'made', 'for', 'it', '.npmrc') };
    await runProgram(['--offline'], { cwd: one.checkout, env });
    expect(existsSync(join(one.root, 'made', 'for', 'it', '.npmrc'))).toBe(true);
    if (posix) expect(statSync(join(one.root, 'made', 'for', 'it', '.npmrc')).mode & 0o777).toBe(0o600);
    await runProgram(['restore'], { cwd: one.checkout, env });
    expect(existsSync(join(one.root, 'made'))).toBe(false);
  });

  test('no command but run writes anything', async () => {
    const one = job(files);
    userFile(one);
    const before = filesBelow(one.root);
    for (const args of [
      ['verify', '--offline'],
      ['--dry-run', '--offline'],
      ['which', '@acme/ui'],
      ['explain'],
      ['--help'],
    ]) {
      await run(one, args);
    }
    expect(filesBelow(one.root)).toEqual(before);
    expect(findLeaks(token, before)).toEqual([]);
  });
});

describe('a project file that is a link', () => {
  test.skipIf(!posix).each([
    ['out of the checkout', '../home/theirs', 2],
    ['to a folder out of it', '../home/folder/theirs', 2],
    ['within it', 'shared.npmrc', 0],
  ])('%s: nothing outside is written', async (_, target, exitCode) => {
    const one = job({ ...files, 'shared.npmrc': 'color=false\n' });
    writeFileSync(join(one.home, 'theirs'), 'export A=1\n');
    symlinkSync(target, join(one.checkout, '.npmrc'));
    const ending = await run(one, ['--offline', '--config', 'project']);
    expectContract(ending, [token]);
    expect(ending.exitCode, ending.stderr).toBe(exitCode);
    expect(readFileSync(join(one.home, 'theirs'), 'utf8')).toBe('export A=1\n');
    expect(existsSync(join(one.home, 'folder'))).toBe(false);
    if (exitCode === 2)
      expect(ending.stderr).toContain('a symbolic link on the way leads out of the checkout');
    else expect(readFileSync(join(one.checkout, 'shared.npmrc'), 'utf8')).toContain('@acme:registry=');
    await run(one, ['restore']);
    expect(readFileSync(join(one.checkout, 'shared.npmrc'), 'utf8')).toBe('color=false\n');
  });
});

describe('reports', () => {
  const reports = [
    'annotations.json',
    'codequality.json',
    'junit.xml',
    'preflight.env',
    'report.html',
    'report.json',
  ];
  const args = ['--offline', '--report-dir', '.npmrc-preflight'];

  test('come whole, for everybody to read, also the second time', async () => {
    const one = job({ ...files, '.npmrc-preflight/junit.xml': Buffer.from([0xff, 0xfe, 0x00]) });
    for (const _ of ['first', 'second']) {
      const ending = await run(one, args);
      expectContract(ending, [token]);
      expect(ending.exitCode).toBe(0);
      expect(ending.stderr).toBe('');
      expect(readdirSync(join(one.checkout, '.npmrc-preflight')).sort()).toEqual(reports);
    }
    await run(one, ['--offline', '--report-dir', 'made/for it']);
    if (posix) expect(statSync(join(one.checkout, 'made', 'for it')).mode & 0o777).toBe(0o755);
    for (const name of reports) {
      const file = join(one.checkout, '.npmrc-preflight', name);
      if (posix) expect(statSync(file).mode & 0o777).toBe(0o644);
      expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
    }
    expect(findLeaks(token, filesBelow(one.checkout))).toEqual([]);
  });

  test.skipIf(!posix)('follow no link that a checkout brings', async () => {
    const one = job(files);
    const file = userFile(one);
    mkdirSync(join(one.checkout, '.npmrc-preflight'));
    for (const name of reports) symlinkSync(file, join(one.checkout, '.npmrc-preflight', name));
    const ending = await run(one, ['verify', ...args]);
    expectContract(ending, [token]);
    expect(ending.stderr).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(original);
    for (const name of reports)
      expect(lstatSync(join(one.checkout, '.npmrc-preflight', name)).isFile(), name).toBe(true);
  });

  test.skipIf(!posix)('go nowhere through a folder that leads out of the checkout', async () => {
    for (const [folder, target] of [
      ['reports', '../outside'],
      ['reports/below', '../outside'],
      ['a/reports', '../../outside'],
    ] as const) {
      const one = job({ ...files, 'a/file': '' });
      const outside = join(one.root, 'outside');
      mkdirSync(outside);
      writeFileSync(join(outside, 'report.json'), 'theirs');
      symlinkSync(target, join(one.checkout, folder.replace('/below', '')));
      const ending = await run(one, ['--offline', '--report-dir', folder]);
      expectContract(ending, [token]);
      expect(ending.stderr).toContain('a symbolic link on the way leads out of the checkout');
      expect(filesBelow(outside)).toEqual({ [join(outside, 'report.json')]: Buffer.from('theirs') });
    }
  });

  test.skipIf(!posix)(
    'go through a link within the checkout, and to a folder outside that was asked for',
    async () => {
      const one = job({ ...files, 'inside/file': '' });
      const outside = join(one.root, 'outside');
      mkdirSync(outside);
      symlinkSync('inside', join(one.checkout, 'reports'));
      symlinkSync(outside, join(one.root, 'linked'));
      for (const folder of ['reports', join(one.root, 'linked')]) {
        const ending = await run(one, ['--offline', '--report-dir', folder]);
        expectContract(ending, [token]);
        expect(ending.stderr).toBe('');
      }
      expect(readdirSync(outside)).toEqual(reports);
      expect(readdirSync(join(one.checkout, 'inside'))).toEqual([...reports, 'file'].sort());
    },
  );

  test('that can not be written change nothing but a note each', async () => {
    const one = job(files);
    for (const name of reports) mkdirSync(join(one.checkout, '.npmrc-preflight', name), { recursive: true });
    const ending = await run(one, args);
    expectContract(ending, [token]);
    expect(ending.exitCode).toBe(0);
    expect(ending.stderr.trimEnd().split('\n')).toHaveLength(reports.length);
  });
});

describe('an earlier block', () => {
  test('of a run for another server does not decide the next run', async () => {
    const one = job(files, { url: 'https://old.example' });
    const file = userFile(one);
    await run(one);
    expect(readFileSync(file, 'utf8')).toContain('https://old.example/');
    const moved = Object.fromEntries(
      Object.entries(one.env).map(([name, value]) => [
        name,
        value.replace('https://old.example', 'https://new.example'),
      ]),
    );
    await runProgram(['--offline'], { cwd: one.checkout, env: moved });
    expect(readFileSync(file, 'utf8')).toContain('@acme:registry=https://new.example/');
    expect(readFileSync(file, 'utf8')).not.toContain('old.example');
  });
});

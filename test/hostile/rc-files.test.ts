import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';
import { type Ending, runProgram } from './support/built-program.ts';
import { expectContract } from './support/contract.ts';
import { handOver, type Job, job, manifest, token } from './support/job.ts';

const posix = process.platform !== 'win32';
const long = process.env.NPMRC_PREFLIGHT_LONG !== undefined;
const literal = 'npm_Wb4Xs9QmT2kLr7VhYc3Zd8Jf5Ng1Pa6Ue';
const files = { 'package.json': manifest({ '@acme/ui': '1.0.0' }) };

async function check(one: Job, args: readonly string[], start = {}): Promise<Ending> {
  const ending = await runProgram([...args, '--offline'], { cwd: one.checkout, env: one.env, ...start });
  expectContract(ending, [token, literal]);
  return ending;
}

describe('an .npmrc that is no ordinary file', () => {
  const makers: Record<string, (path: string) => void> = {
    'a folder': (path) => mkdirSync(path),
    'a dangling link': (path) => symlinkSync(join(path, '..', 'nowhere'), path),
    'a link to itself': (path) => symlinkSync(path, path),
    'a pipe': (path) => execFileSync('mkfifo', [path]),
    'a link to an endless device': (path) => symlinkSync('/dev/zero', path),
    'five megabytes': (path) => writeFileSync(path, `# ${'x'.repeat(98)}\n`.repeat(50_000)),
    'one line of five megabytes': (path) => writeFileSync(path, `a=${'x'.repeat(5_000_000)}`),
    'twenty thousand lines': (path) =>
      writeFileSync(
        path,
        Array.from({ length: 20_000 }, (_, at) => `//h${at}.example/:_authToken=\${V${at}}`).join('\n'),
      ),
    binary: (path) =>
      writeFileSync(path, Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256))),
    'not UTF-8': (path) => writeFileSync(path, Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x0a])),
    'UTF-16': (path) => writeFileSync(path, Buffer.from('\ufeffa=b\n', 'utf16le')),
    'nothing but marks': (path) =>
      writeFileSync(
        path,
        '# >>> npmrc-preflight\n# >>> npmrc-preflight\n# <<< npmrc-preflight\n# <<< npmrc-preflight\n',
      ),
    'twenty thousand opening marks': (path) => writeFileSync(path, '# >>> npmrc-preflight\n'.repeat(20_000)),
    'twenty thousand blocks': (path) =>
      writeFileSync(path, '# >>> npmrc-preflight\n# <<< npmrc-preflight\n'.repeat(5000)),
  };
  const where = posix
    ? Object.entries(makers)
    : Object.entries(makers).filter(([name]) => !/link|pipe/.test(name));
  test.each(where)('in the checkout and at home: %s', async (_, make) => {
    for (const place of ['checkout', 'home'] as const) {
      for (const args of [['verify'], ['run'], ['run', '--config', 'project', '--dry-run']]) {
        const one = job(files);
        const path = join(one[place], '.npmrc');
        make(path);
        const before = lstatSync(path);
        const bytes = before.isFile() ? readFileSync(path) : null;
        const ending = await check(one, args, { limit: 15_000 });
        if (ending.exitCode === 2)
          expect(ending.stderr.split('\n').filter(Boolean).length).toBeLessThanOrEqual(3);
        expect(lstatSync(path).isFile()).toBe(before.isFile());
        if (args[0] === 'run' && args.length === 1)
          await runProgram(['restore'], { cwd: one.checkout, env: one.env });
        if (bytes) expect(readFileSync(path).equals(bytes)).toBe(true);
      }
    }
  });

  test.skipIf(!posix)('it may not be read or written', async () => {
    for (const mode of [0o000, 0o400]) {
      const one = job(files);
      const path = join(one.home, '.npmrc');
      writeFileSync(path, 'a=b\n');
      chmodSync(path, mode);
      chmodSync(one.root, 0o755);
      handOver(path, one.home, one.checkout);
      const ending = await check(one, ['run'], { unprivileged: true });
      expect(ending.exitCode).toBe(2);
      expect(ending.stderr).toContain(path);
      expect(statSync(path).mode & 0o777).toBe(mode);
    }
  });

  test.skipIf(!posix)('its folder may not be written', async () => {
    const one = job(files);
    chmodSync(one.root, 0o755);
    chmodSync(one.home, 0o555);
    const ending = await check(one, ['run'], { unprivileged: true });
    expect(ending.exitCode).toBe(2);
    expect(ending.stderr).toMatch(/^error: .* can not be written: /);
  });

  test.skipIf(!posix)('a link keeps being one, and what it leads to is restored', async () => {
    const one = job(files);
    const real = join(one.root, 'dotfiles');
    writeFileSync(real, 'color=false\n');
    symlinkSync(real, join(one.home, '.npmrc'));
    await check(one, ['run']);
    expect(readFileSync(real, 'utf8')).toContain('@acme:registry=');
    expect(lstatSync(join(one.home, '.npmrc')).isSymbolicLink()).toBe(true);
    await runProgram(['restore'], { cwd: one.checkout, env: one.env });
    expect(readFileSync(real, 'utf8')).toBe('color=false\n');
  });
});

describe('secrets that stand in files are never shown', () => {
  const encoded = Buffer.from(`ci:${literal}`).toString('base64');
  const password = Buffer.from(literal).toString('base64');
  const host = '127.0.0.1:9/api/v4/packages/npm';
  const lines: Record<string, string> = {
    'a token': `//${host}/:_authToken=${literal}`,
    'a token behind Bearer': `//${host}/:_authToken=Bearer ${literal}`,
    'a token in quotes': `"//${host}/:_authToken"="${literal}"`,
    'a token without a host': `_authToken=${literal}`,
    'a token without an equals sign': `//${host}/:_authToken ${literal}`,
    'a token behind a colon': `//${host}/:_authToken: ${literal}`,
    'a token with a scheme': `https://${host}/:_authToken=${literal}`,
    'a token under a misspelt field': `//${host}/:authToken=${literal}`,
    'a token under another misspelt field': `//${host}/:_auth_token=${literal}`,
    'a token under a field in capitals': `//${host}/:_AUTHTOKEN=${literal}`,
    'a token in a section': `[x]\n//${host}/:_authToken=${literal}`,
    'a token twice on a line': `@acme:registry=http://${host}/ //${host}/:_authToken=${literal}`,
    'a token in a default of a variable': `//${host}/:_authToken=\${NOPE-${literal}}`,
    'a token as a name of a variable': `//${host}/:_authToken=\${${literal}}`,
    'half a reference': `//${host}/:_authToken=\${${literal}`,
    'half a reference behind a word': `//${host}/:_authToken=token \${${literal}`,
    'a reference with too much behind it': `//${host}/:_authToken=\${${literal}})`,
    'a protocol twice, with a query': `@acme:registry=http://http://${host}/?private_token=${literal}`,
    'a protocol twice, with user information': `@acme:registry=http://https://ci:${literal}@${host}/`,
    'a broken line of a scope': `@acme.registry=http://ci:${literal}@${host}/`,
    'a scope alone': `@acme=http://ci:${literal}@${host}/`,
    'basic authentication': `//${host}/:_auth=${encoded}`,
    'a password': `//${host}/:username=ci\n//${host}/:_password=${password}`,
    'user information in a registry': `@acme:registry=http://ci:${literal}@${host}/`,
    'user information alone in a registry': `@acme:registry=http://${literal}@${host}/`,
    'a query of a registry': `@acme:registry=http://${host}/?private_token=${literal}`,
    'a proxy': `proxy=http://ci:${literal}@127.0.0.1:9/\nhttps-proxy=http://ci:${literal}@127.0.0.1:9/`,
    'a key with another text before it': `export //${host}/:_authToken=${literal}`,
    'a comment behind': `//${host}/:_authToken=\${CI_JOB_TOKEN} ; ${literal}`,
    'an escape sequence before it': `\u001b[31m//${host}/:_authToken=${literal}`,
    'a one-time password': `otp=${literal}\n//${host}/:otp=${literal}`,
    'a private key': `//${host}/:key=${literal}\nkey="${literal}"`,
    'only the token': literal,
  };
  test.each(Object.entries(lines))('%s', async (_, text) => {
    const leading = text.includes('registry=') ? '' : `@acme:registry=http://${host}/\n`;
    const env = { NPMRC_PREFLIGHT_TIMEOUT: '300ms', NPMRC_PREFLIGHT_RETRIES: '0' };
    for (const place of ['checkout', 'home'] as const) {
      const one = job(files, { env });
      const path = join(one[place], '.npmrc');
      writeFileSync(path, `${leading}${text}\n`);
      const commands: (readonly string[])[] = [
        ['verify', '--verbose', '--offline'],
        ['verify', '--verbose', '--format', 'json'],
        ['run', '--verbose', '--dry-run', '--offline'],
        ['run', '--config', 'project', '--dry-run', '--offline'],
        ['which', '@acme/ui', '--format', 'json'],
        ['which', '--url', `http://${host}/@acme%2fui`],
      ];
      const few = place === 'home' ? [commands[2]] : [commands[0], commands[3], commands[4]];
      const chosen = long ? commands : few.filter((args) => args !== undefined);
      for (const args of chosen) {
        const ending = await runProgram(args, { cwd: one.checkout, env: one.env });
        expectContract(ending, [token, literal]);
      }
      expect(readFileSync(path, 'utf8')).toBe(`${leading}${text}\n`);
    }
  });

  test('tokens in manifests and lockfiles', async () => {
    const one = job({
      'package.json': JSON.stringify({
        dependencies: {
          '@acme/ui': '1.0.0',
          a: `git+https://ci:${literal}@gitlab.example/a.git`,
          b: `https://gitlab.example/b.tgz?private_token=${literal}`,
          c: `https://${literal}@gitlab.example/c.tgz`,
        },
        publishConfig: { registry: `https://ci:${literal}@gitlab.example/` },
        repository: `https://ci:${literal}@gitlab.example/x.git`,
      }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': {},
          'node_modules/@acme/ui': {
            version: '1.0.0',
            resolved: `http://ci:${literal}@127.0.0.1:9/api/v4/packages/npm/ui-1.0.0.tgz?private_token=${literal}`,
          },
          'node_modules/a': {
            version: '1.0.0',
            resolved: `git+https://ci:${literal}@gitlab.example/a.git#abc`,
          },
        },
      }),
    });
    for (const format of ['text', 'json']) {
      for (const args of [
        ['verify', '--verbose', '--offline'],
        ['verify', '--timeout', '300ms', '--retries', '0'],
      ]) {
        const ending = await runProgram([...args, '--format', format], { cwd: one.checkout, env: one.env });
        expectContract(ending, [token, literal]);
      }
    }
  });

  test('what is written holds the name of the variable, never the token', async () => {
    const one = job(files, { env: { NPMRC_PREFLIGHT_REPORT_DIR: 'reports' } });
    writeFileSync(join(one.home, '.npmrc'), `//x.example/:_authToken=${literal}\n`, { mode: 0o600 });
    await check(one, ['run']);
    expect(findLeaks(token, filesBelow(one.root))).toEqual([]);
    expect(findLeaks(literal, filesBelow(one.checkout))).toEqual([]);
    for (const [path] of Object.entries(filesBelow(one.root))) {
      if (findLeaks(literal, { [path]: readFileSync(path) }).length === 0) continue;
      if (posix) expect(statSync(path).mode & 0o077, path).toBe(0);
    }
    await runProgram(['restore'], { cwd: one.checkout, env: one.env });
    expect(existsSync(`${one.checkout}.tmp`)).toBe(false);
  });
});

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLeaks } from '../support/leak-scan.ts';
import { runProgram } from './support/built-program.ts';
import { errorLines, expectContract, printed } from './support/contract.ts';
import { onRequest, sendJson } from './support/hostile-servers.ts';
import { handOver, job, manifest, token } from './support/job.ts';

const posix = process.platform !== 'win32';
const files = { 'package.json': manifest({ '@acme/ui': '1.0.0' }) };
const quick = ['--timeout', '500ms', '--retries', '0'];

/** Refuses everything and repeats what it was sent, as a debugging proxy does. */
const echo = () =>
  onRequest((request, response) => {
    const sent =
      request.headers.authorization ?? request.headers['job-token'] ?? request.headers['private-token'] ?? '';
    const [scheme, value = ''] = String(sent).split(' ');
    sendJson(
      response,
      JSON.stringify({
        message: `you sent ${sent} which is ${Buffer.from(value, 'base64').toString('latin1')} and ${scheme}`,
        error: encodeURIComponent(value),
      }),
      403,
    );
  });

describe('odd tokens', () => {
  const tokens: Record<string, string> = {
    plain: token,
    'a line end inside': 'glcbt-64_Zq7xV3wK\n9pTfLm2RbNc8yyyy',
    'a line end behind': `${token}\n`,
    'Windows line end': `${token}\r\n`,
    'control characters': 'glcbt-64_\u0001\u001b[31mZq7xV3wK9pTfLm2RbNc8',
    'a hundred kilobytes': 'glcbt-64_Zq7xV3wK9pTfLm2RbNc8'.repeat(3500),
    'only spaces': '      ',
    unicode: 'glcbt-64_Zq7\u00fc\u4e16\u754cK9pTfLm2Rb\u{1f600}Nc8',
    'latin letters': 'glcbt-64_Zq7\u00fc\u00adV3wK9pTfLm2RbNc8',
    'a quote and a backslash': 'glcbt-64_"Zq7\\xV3wK9p\'TfLm2RbNc8',
    'a reference to another variable': '${HOME}-and-$PATH-Zq7xV3wK9pTf',
    'a JSON Web Token': `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiJxN3hWM3dLOXBUZkxtMlJiTmM4'.repeat(20)}.c2lnbmF0dXJlWnE3eFYz`,
    'percent signs': 'glcbt-64_%5Z%q7xV3w%%K9pTfLm2RbNc8',
    short: 'ab',
  };
  test.each(Object.entries(tokens))('%s', async (_, odd) => {
    const server = await echo();
    const secrets = odd.trim().length >= 12 ? [odd.trim()] : [];
    const one = job(files, { url: server.url, env: { CI_JOB_TOKEN: odd } });
    for (const args of [
      [],
      ['--format', 'json', '--verbose'],
      ['--format', 'github'],
      ['verify', '--verbose'],
    ]) {
      const ending = await runProgram([...args, ...quick], { cwd: one.checkout, env: one.env });
      if (args.includes('github'))
        expect(findLeaks(odd.trim(), { out: printed(ending) }).length * secrets.length).toBe(0);
      else expectContract(ending, secrets);
      expect(ending.exitCode, printed(ending)).not.toBe(0);
    }
    expect(server.connections()).toBeLessThan(200);
  });

  test('an empty token and none', async () => {
    for (const empty of ['', undefined]) {
      const one = job(files);
      const { CI_JOB_TOKEN: _, ...env } = one.env;
      const ending = await runProgram(['--offline'], {
        cwd: one.checkout,
        env: empty === undefined ? env : { ...env, CI_JOB_TOKEN: empty },
      });
      expectContract(ending);
    }
  });

  test('the value where a name belongs is not repeated', async () => {
    const one = job(files);
    for (const args of [
      ['--token-env', token],
      ['--api-token-env', token],
      ['--registries', `@acme=https://x.example/ token=${token}`],
      ['--registries', `@acme=https://ci:${token}@x.example/`],
      ['--token', token],
      [`--token=${token}`],
      [`--${token}`],
      [token],
      ['explain', token],
      ['demo', token],
      ['which', token],
      ['which', '--url', `https://ci:${token}@x.example/?private_token=${token}`],
      ['--client', token],
      ['--client', `npm@${token}`],
      ['--prefix', token],
      ['--group-id', token, '--prefix', 'group', '--offline'],
      ['--scopes', token],
      ['--timeout', token],
      ['--report-dir', token, '--offline', '--dry-run'],
      ['--working-directory', token],
      ['--format', token],
    ]) {
      const ending = await runProgram(args, { cwd: one.checkout, env: one.env });
      expectContract(ending, [token]);
    }
  });
});

describe('odd addresses of the server', () => {
  test.each([
    'garbage',
    '',
    ' ',
    'http://',
    'https://:80/api/v4',
    'file:///etc',
    'javascript:alert(1)',
    'ftp://x.example/api/v4',
    `http://ci:${token}@127.0.0.1:9/api/v4`,
    'http://127.0.0.1:9/api/v4?x=1#y',
    'http://127.0.0.1:99999/api/v4',
    'http://[::1/api/v4',
    'http://127.0.0.1:9/api/v4\nHost: evil',
    'http://127.0.0.1:9/\u001b[31m/api/v4',
    'http://127.0.0.1:9/a;b#c=d"e/api/v4',
    `http://127.0.0.1:9/${'x'.repeat(20_000)}/api/v4`,
    'http://xn--\u202e.example/api/v4',
    '//127.0.0.1:9/api/v4',
    'HTTP://127.0.0.1:9/API/V4///',
    '[object Object]',
  ])('CI_API_V4_URL is %j', async (url) => {
    for (const args of [['run', '--dry-run'], ['verify']]) {
      const one = job(files, { env: { CI_API_V4_URL: url, CI_SERVER_URL: url, CI_PROJECT_URL: url } });
      const ending = await runProgram([...args, ...quick], { cwd: one.checkout, env: one.env });
      const text = printed(ending).replaceAll('[object Object]', '');
      expectContract({ ...ending, stdout: text, stderr: '' }, [token], 30_000);
      expect(text).not.toMatch(/NP901/);
    }
  });

  test.each([
    ['CI_PROJECT_ID', '99999999999999999999'],
    ['CI_PROJECT_ID', '-1e5; rm'],
    ['CI_PROJECT_PATH', '../../\u001b[31m'],
    ['CI_PROJECT_PATH', '/'],
    ['CI_PROJECT_ROOT_NAMESPACE', 'a b\nc'],
    ['CI_SERVER_VERSION', '999999999999.x'],
    ['CI_SERVER_VERSION', '\u202e1.8'],
    ['GITLAB_USER_LOGIN', '$(touch bait)\n\u001b[31m'],
    ['CI_COMMIT_REF_NAME', '\u0007'.repeat(5000)],
    ['CI_PROJECT_DIR', 'relative'],
    ['GITLAB_CI', 'no'],
    ['NODE_OPTIONS', ''],
    ['COLUMNS', '-5'],
  ])('%s is %j', async (name, value) => {
    const one = job(files, { env: { [name]: value } });
    const ending = await runProgram(quick, { cwd: one.checkout, env: one.env });
    expectContract(ending, [token]);
  });
});

describe('odd places', () => {
  test('no home, a relative one, one that is a file', async () => {
    for (const home of [undefined, '', 'relative', '/dev/null/home']) {
      const one = job(files);
      const { HOME: _, USERPROFILE: __, ...env } = one.env;
      const ending = await runProgram(['--dry-run', '--offline'], {
        cwd: one.checkout,
        env: home === undefined ? env : { ...env, HOME: home, USERPROFILE: home },
      });
      expectContract(ending, [token]);
    }
  });

  const places: Record<string, (root: string) => string> = {
    relative: () => 'sub/.npmrc',
    'a folder': (root) => join(root, 'home'),
    'in a folder that is missing': (root) => join(root, 'a', 'b', '.npmrc'),
    'below a file': (root) => join(root, 'checkout', 'package.json', '.npmrc'),
    'in the checkout': (root) => join(root, 'checkout', '.npmrc'),
    'the manifest itself': (root) => join(root, 'checkout', 'package.json'),
    'with a line end': (root) => join(root, 'a\nb'),
    'with an escape sequence': (root) => join(root, '\u001b[31mrc'),
    'too long': (root) => join(root, 'x'.repeat(5000)),
    'a device': () => (posix ? '/dev/null' : 'NUL'),
    empty: () => '',
  };
  test.each(Object.entries(places))('the user file is %s', async (_, place) => {
    const one = job(files);
    const manifestBefore = readFileSync(join(one.checkout, 'package.json'), 'utf8');
    const env = { ...one.env, NPM_CONFIG_USERCONFIG: place(one.root) };
    const ending = await runProgram(['--offline'], { cwd: one.checkout, env });
    expectContract(ending, [token]);
    if (ending.exitCode === 2) expect(errorLines(ending)).toHaveLength(1);
    await runProgram(['restore'], { cwd: one.checkout, env });
    expect(readFileSync(join(one.checkout, 'package.json'), 'utf8')).toBe(manifestBefore);
    expect(existsSync(join(one.root, 'a'))).toBe(false);
  });

  test.skipIf(!posix)('the user file lies in a folder that may not be written', async () => {
    const one = job(files);
    const folder = join(one.root, 'locked');
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    chmodSync(one.root, 0o755);
    handOver(one.home, one.checkout, folder);
    const ending = await runProgram(['--offline'], {
      cwd: one.checkout,
      env: { ...one.env, NPM_CONFIG_USERCONFIG: join(folder, '.npmrc') },
      unprivileged: true,
    });
    expectContract(ending, [token]);
    expect(ending.exitCode).toBe(2);
    expect(errorLines(ending)).toHaveLength(1);
  });

  test('the report can not be written', async () => {
    const one = job(files);
    for (const folder of ['package.json', 'package.json/x', 'a\nb', '/dev/null/x', 'x'.repeat(5000)]) {
      const ending = await runProgram(['--offline', '--report-dir', folder], {
        cwd: one.checkout,
        env: one.env,
      });
      expectContract(ending, [token]);
    }
    expect(readFileSync(join(one.checkout, 'package.json'), 'utf8')).toBe(files['package.json']);
  });

  test.skipIf(!posix)('somebody prepared the folder of the journal', async () => {
    for (const prepared of ['a file', 'a folder of strangers']) {
      const one = job(files);
      const state = join(one.home, '.npmrc-preflight');
      if (prepared === 'a file') writeFileSync(state, 'x');
      else mkdirSync(state);
      if (prepared !== 'a file')
        writeFileSync(
          join(state, `${'0'.repeat(40)}.json`),
          '{"schema":1,"path":"/etc/passwd","original":null}',
        );
      const env = { ...one.env };
      const ending = await runProgram(['--offline'], { cwd: one.checkout, env });
      expectContract(ending, [token]);
      const restored = await runProgram(['restore'], { cwd: one.checkout, env });
      expectContract(restored, [token]);
      expect(existsSync(join(one.home, '.npmrc'))).toBe(false);
    }
  });
});

describe('odd surroundings', () => {
  test.skipIf(!posix)('a package manager asked for its version learns no token', async () => {
    const one = job(files, { env: { NPM_TOKEN: token, NPM_CONFIG__AUTH: token } });
    const seen = join(one.root, 'seen');
    const script = `#!/bin/sh\n/usr/bin/env > ${seen}\necho "$0 $@" >> ${seen}\necho 10.9.2\n`;
    writeFileSync(join(one.root, 'bin', 'npm'), script, { mode: 0o755 });
    const { NPMRC_PREFLIGHT_CLIENT: _, ...env } = one.env;
    const ending = await runProgram(['--offline', '--verbose'], { cwd: one.checkout, env });
    expectContract(ending, [token]);
    expect(readFileSync(seen, 'utf8')).toContain('--version');
    expect(findLeaks(token, { 'what the program saw': readFileSync(seen, 'utf8') })).toEqual([]);
  });

  test.each([
    'garbage',
    'http://',
    'ftp://x',
    'http://[',
    `http://ci:${token}@127.0.0.1:1`,
    '\u001b[31m',
    'socks5://127.0.0.1:1',
  ])('the proxy variables are %j', async (proxy) => {
    const server = await onRequest((_request, response) => response.writeHead(404).end('{}'));
    const one = job(files, {
      url: server.url,
      env: {
        HTTP_PROXY: proxy,
        http_proxy: proxy,
        HTTPS_PROXY: proxy,
        ALL_PROXY: proxy,
        NO_PROXY: '[,*.,\u0000'.replace('\u0000', ''),
      },
    });
    const ending = await runProgram(quick, { cwd: one.checkout, env: one.env });
    expectContract(ending, [token]);
    expect(ending.exitCode).not.toBe(0);
  });

  test.each(['HTTP_PROXY', '.npmrc'])('a proxy of %s that repeats its password', async (place) => {
    const password = 'pr0xy%40S3cret-77xYq9Zw';
    const proxy = await onRequest((request, response) => {
      const sent = request.headers['proxy-authorization'] ?? '';
      const pair = Buffer.from(sent.replace(/^Basic /, ''), 'base64').toString('latin1');
      sendJson(response, JSON.stringify({ message: `not for ${pair} (${sent})` }), 403);
    });
    const address = proxy.url.replace('://', `://alice:${password}@`);
    const one = job(
      { ...files, ...(place === '.npmrc' ? { '.npmrc': `proxy=${address}\n` } : {}) },
      {
        url: 'http://gitlab.example.test',
        env: { ...(place === '.npmrc' ? {} : { [place]: address }), NPMRC_PREFLIGHT_REPORT_DIR: 'reports' },
      },
    );
    const ending = await runProgram(quick, { cwd: one.checkout, env: one.env });
    const reports = readdirSync(join(one.checkout, 'reports')).map(
      (name) => [name, readFileSync(join(one.checkout, 'reports', name), 'utf8')] as const,
    );
    expect(proxy.heard()).toMatch(/proxy-authorization: Basic /i);
    expect(reports.length).toBeGreaterThan(4);
    for (const secret of [password, 'pr0xy@S3cret-77xYq9Zw', 'alice:pr0xy@S3cret-77xYq9Zw']) {
      expect(
        findLeaks(secret, { stdout: ending.stdout, stderr: ending.stderr, ...Object.fromEntries(reports) }),
      ).toEqual([]);
    }
    expect(ending.stdout).toMatch(/not for \S*\[secret\]/);
  });

  test('an empty PATH, a missing one, one of garbage', async () => {
    for (const path of ['', '::::', `${'/x'.repeat(3000)}`, '\u001b[31m:/dev/null:relative']) {
      const one = job(files);
      const { NPMRC_PREFLIGHT_CLIENT: _, ...env } = one.env;
      const ending = await runProgram(['--offline'], { cwd: one.checkout, env: { ...env, PATH: path } });
      expectContract(ending, [token]);
      expect(ending.exitCode).toBe(0);
    }
  });

  test.skipIf(!posix)('a program named npm that hangs, prints garbage or dies', async () => {
    for (const script of [
      '#!/bin/sh\necho $$ > "$0.pid"\nwhile :; do :; done',
      '#!/bin/sh\nprintf "\\033[31m%s" nonsense',
      '#!/bin/sh\nexit 7',
      'no program',
    ]) {
      const one = job(files);
      writeFileSync(join(one.root, 'bin', 'npm'), script, { mode: 0o755 });
      const { NPMRC_PREFLIGHT_CLIENT: _, ...env } = one.env;
      const ending = await runProgram(['--offline'], { cwd: one.checkout, env, limit: 20_000 });
      expectContract(ending, [token]);
      expect(ending.exitCode).toBe(0);
      const note = join(one.root, 'bin', 'npm.pid');
      expect(existsSync(note)).toBe(script.includes('.pid'));
      if (existsSync(note))
        expect(() => process.kill(Number(readFileSync(note, 'utf8')), 0)).toThrow('ESRCH');
    }
  });

  test('a hundred kilobytes of other variables', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`NOISE_${at}`, 'x'.repeat(50)]));
    const one = job(files, {
      env: { ...many, npm_config___proto__: '1', NPM_CONFIG_: 'x', npm_config_constructor: 'y' },
    });
    const ending = await runProgram(['--offline'], { cwd: one.checkout, env: one.env });
    expectContract(ending, [token]);
    expect(ending.exitCode).toBe(0);
  });

  test('the certificate file is missing, a folder or garbage', async () => {
    const one = job(files, { url: 'https://127.0.0.1:9' });
    for (const path of ['/nowhere/ca.pem', one.root, join(one.checkout, 'package.json')]) {
      const ending = await runProgram(quick, {
        cwd: one.checkout,
        env: { ...one.env, npm_config_cafile: path, CI_SERVER_TLS_CA_FILE: path, SSL_CERT_FILE: path },
      });
      expectContract(ending, [token]);
      expect(ending.exitCode).not.toBe(0);
    }
  });
});

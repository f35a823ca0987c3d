import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ending, runProgram } from './support/built-program.ts';
import { errorLines, expectContract, printed } from './support/contract.ts';
import { handOver, type Job, job, manifest, token } from './support/job.ts';

const posix = process.platform !== 'win32';
const long = process.env.NPMRC_PREFLIGHT_LONG !== undefined;

async function check(one: Job, args: readonly string[] = [], start = {}): Promise<Ending> {
  const ending = await runProgram([...args, '--offline'], { cwd: one.checkout, env: one.env, ...start });
  expectContract(ending, [token]);
  return ending;
}

describe('a manifest that can not be used ends with 2 and the place', () => {
  const broken = {
    empty: ['', '1:1'],
    'only white space': [' \n\n ', '1:1'],
    'cut off': ['{\n  "name": "app",\n  "dependencies": {', '3:20'],
    'a trailing comma': ['{\n  "name": "app",\n}\n', '2:16'],
    'a comment': ['{\n  // why\n  "name": "app"\n}', '2:3'],
    'single quotes': ["{\n  'name': 'app'\n}", '2:3'],
    'a missing comma': ['{\n  "name": "app"\n  "version": "1.0.0"\n}', '3:3'],
    'text behind the end': ['{}\n{}', '2:1'],
    'merge conflict markers': [
      '{\n  "name": "app",\n<<<<<<< ours\n  "version": "1.0.0"\n=======\n  "version": "2.0.0"\n>>>>>>> theirs\n}',
      '3:1',
    ],
    'CRLF line ends': ['{\r\n  "name": "app",\r\n}\r\n', '2:16'],
    'a byte order mark': ['\ufeff{\n  "name": ,\n}', '2:11'],
    'an array': ['[1, 2]', '1:1'],
    null: ['null', '1:1'],
    'a number': ['42', '1:1'],
    'a text': ['"package"', '1:1'],
    'a control character in a text': ['{ "name": "a\u0001b" }', '1:11'],
    'a raw escape sequence': ['{ \u001b[31m"name": 1 }', '1:3'],
    'a direction override': ['{ \u202e "name": 1 }', '1:3'],
    binary: [Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x00]), '1:1'],
    'an open tower of arrays': ['['.repeat(200_000), '1:200001'],
  } satisfies Record<string, readonly [string | Buffer, string]>;
  test.each(Object.entries(broken))('%s', async (_, [content, place]) => {
    const ending = await check(job({ 'package.json': content }));
    expect(ending.exitCode).toBe(2);
    expect(errorLines(ending)).toHaveLength(1);
    expect(ending.stderr).toContain(`package.json:${place}`);
  });

  test('the same for a lockfile', async () => {
    const ending = await check(
      job({
        'package.json': manifest({ '@acme/ui': '^1.0.0' }),
        'package-lock.json': '{\n "packages": {\n  "": {},\n',
      }),
    );
    expect(ending.exitCode).toBe(2);
    expect(ending.stderr).toMatch(/package-lock\.json:3:\d+/);
  });

  test.each(['package.json', 'package-lock.json'])('%s is a folder', async (name) => {
    const one = job(name === 'package.json' ? {} : { 'package.json': manifest({ '@acme/ui': '1.0.0' }) });
    mkdirSync(join(one.checkout, name));
    const ending = await check(one);
    expect(ending.exitCode).toBe(2);
    expect(errorLines(ending)[0]).toContain(`${name} is a folder`);
  });

  test.skipIf(!posix)('package.json may not be read', async () => {
    const one = job({ 'package.json': '{}' });
    chmodSync(join(one.checkout, 'package.json'), 0);
    chmodSync(one.root, 0o755);
    const ending = await check(one, [], { unprivileged: true });
    expect(ending.exitCode).toBe(2);
    expect(errorLines(ending)[0]).toMatch(/EACCES|may not/);
  });

  test.skipIf(!posix)('package.json is a pipe: nobody waits for it', async () => {
    const one = job({});
    execFileSync('mkfifo', [join(one.checkout, 'package.json')]);
    const ending = await check(one, [], { limit: 10_000 });
    expect(ending.exitCode).toBe(2);
  });

  test('there is no package.json, no folder, or a file where the folder should be', async () => {
    const one = job({ 'deep/package.json': '{}' });
    for (const folder of ['.', 'missing', 'deep/package.json', '\u001b[31m', 'a\nb', 'x'.repeat(5000)]) {
      const ending = await check(one, ['--working-directory', folder]);
      expect(ending.exitCode, folder.slice(0, 30)).toBe(2);
      expect(errorLines(ending)).toHaveLength(1);
    }
  });
});

describe('a manifest that npm can use is used', () => {
  const usable = {
    'a byte order mark': `\ufeff${manifest({ '@acme/ui': '1.0.0' })}`,
    'CRLF line ends': manifest({ '@acme/ui': '1.0.0' }).replaceAll('\n', '\r\n'),
    'deep nesting beside the dependencies': `{ "x": ${'['.repeat(50_000)}${']'.repeat(50_000)}, "dependencies": { "@acme/ui": "1" } }`,
  };
  test.each(Object.entries(usable))('%s', async (_, text) => {
    const ending = await check(job({ 'package.json': text }), ['--format', 'json']);
    expect(JSON.parse(ending.stdout).packages).toMatchObject([{ name: '@acme/ui' }]);
  });
});

describe('hostile keys and values', () => {
  const odd = '{ "constructor": "1.0.0", "toString": "^1", "hasOwnProperty": "2", "@acme/ui": "1.0.0" }';
  const oddest = odd.replace('{', '{ "__proto__": "1.0.0",');
  test('names of Object.prototype in every map', async () => {
    const one = job({
      'package.json': `{ "name": "app", "__proto__": { "dependencies": { "@acme/evil": "1" } }, "constructor": 1,
        "dependencies": ${odd}, "devDependencies": ${odd}, "optionalDependencies": ${odd}, "peerDependencies": ${odd},
        "overrides": ${odd}, "publishConfig": { "__proto__": { "registry": "https://x.example" }, "constructor": "x" },
        "workspaces": { "__proto__": ["a"], "packages": ["__proto__", "constructor"] },
        "devEngines": { "__proto__": { "packageManager": { "name": "pnpm" } } } }`,
      'package-lock.json': `{ "lockfileVersion": 3, "__proto__": { "packages": {} }, "packages": {
        "": { "__proto__": { "name": "x" }, "dependencies": ${oddest} },
        "__proto__": { "version": "1.0.0" }, "node_modules/__proto__": { "version": "1.0.0" },
        "node_modules/constructor": { "version": "1.0.0", "dependencies": ${oddest} },
        "node_modules/@acme/ui": { "version": "1.0.0", "dependencies": ${oddest}, "__proto__": { "resolved": "https://x.example/a.tgz" } } } }`,
      '.npmrc':
        '__proto__=1\n__proto__[]=2\nconstructor=3\n@acme:registry=http://127.0.0.1:9/api/v4/packages/npm/\n[__proto__]\na=1\n',
    });
    const ending = await check(one, ['--format', 'json', '--verbose']);
    const { packages } = JSON.parse(ending.stdout) as { packages: { name: string }[] };
    expect(packages.map(({ name }) => name)).toContain('@acme/ui');
    expect(packages.map(({ name }) => name)).not.toContain('@acme/evil');
    expect({}).not.toHaveProperty('registry');
  });

  test('a dependency that no registry can name ends with 2 and its place', async () => {
    const ending = await check(job({ 'package.json': `{ "dependencies": ${oddest} }` }));
    expect(ending.exitCode).toBe(2);
    expect(ending.stderr).toContain('package.json:1:');
  });

  const values = [
    '[]',
    '{}',
    'null',
    '0',
    'true',
    '""',
    '[null]',
    '[[]]',
    '{ "a": [] }',
    '"a\\u0000b"',
    '[1, {}]',
  ];
  const fields = [
    'name',
    'version',
    'dependencies',
    'devDependencies',
    'peerDependenciesMeta',
    'overrides',
    'workspaces',
  ];
  const more = [
    'publishConfig',
    'packageManager',
    'devEngines',
    'bundleDependencies',
    'private',
    'optionalDependencies',
  ];
  test.each([...fields, ...more])('%s of every wrong type', async (field) => {
    for (const value of long ? values : values.filter((_, at) => at % 3 === 0)) {
      const text = `{ "dependencies": { "@acme/ui": "1.0.0" }, "${field}": ${value} }`;
      await check(job({ 'package.json': text }));
    }
  });

  const lockFields = ['lockfileVersion', 'packages', 'dependencies', 'name', 'requires'];
  const entryFields = [
    'version',
    'resolved',
    'integrity',
    'dependencies',
    'link',
    'dev',
    'name',
    'inBundle',
    'peer',
  ];
  test.each(lockFields)('%s of a lockfile of every wrong type', async (field) => {
    for (const value of long ? values : values.filter((_, at) => at % 3 === 0)) {
      await check(
        job({
          'package.json': manifest({ '@acme/ui': '1.0.0' }),
          'package-lock.json': `{ "lockfileVersion": 3, "packages": { "": {} }, "${field}": ${value} }`,
        }),
      );
    }
  });
  test.each(entryFields)('%s of an entry of a lockfile of every wrong type', async (field) => {
    const entries = values.map(
      (value, at) => `"node_modules/@acme/p${at}": { "version": "1.0.0", "${field}": ${value} }`,
    );
    const names = Object.fromEntries(values.map((_, at) => [`@acme/p${at}`, '1.0.0']));
    await check(
      job({
        'package.json': manifest(names),
        'package-lock.json': `{ "lockfileVersion": 3, "packages": { "": {}, ${entries.join(', ')} } }`,
      }),
    );
  });

  test.each([-1, 0, 1, 4, 99, 1e300, 2.5])('lockfile version %d', async (version) => {
    const ending = await check(
      job({
        'package.json': manifest({ '@acme/ui': '1.0.0' }),
        'package-lock.json': JSON.stringify({ lockfileVersion: version, packages: { '': {} } }),
      }),
    );
    expect(errorLines(ending).length).toBeLessThanOrEqual(1);
  });

  const names = {
    'a line end': '@acme/a\nerror: forged',
    'an escape sequence': '@acme/\u001b[2J\u001b[1;31mred',
    'a direction override': '@acme/\u202egnp.exe',
    'a zero-width character': '@acme/a\u200bb',
    'a log command of GitHub': '@acme/\n::set-output name=x::y',
    'a section mark of GitLab': '@acme/\rsection_start:1:x\r\u001b[0K',
    '10 kB': `@acme/${'x'.repeat(10_000)}`,
    'path steps': '@acme/../../../evil',
    'a NUL': '@acme/a\u0000b',
    'a lone surrogate': '@acme/\ud800',
    'only a scope': '@acme/',
    nothing: '',
    'an at sign': '@',
    'a blank': '@acme/a b',
    'a query': '@acme/a?b=c#d',
    percent: '@acme/%00%2e%2e%zz',
  };
  test.each(Object.entries(names))('a name with %s', async (_, name) => {
    for (const format of ['text', 'gitlab', 'github', 'json']) {
      const one = job({
        'package.json': manifest({ [name]: '1.0.0', '@acme/ui': name }),
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            '': {},
            [`node_modules/${name}`]: {
              version: name,
              resolved: `http://127.0.0.1:9/${name}`,
              integrity: name,
            },
          },
        }),
      });
      const args = ['--offline', '--verbose', '--format', format];
      const ending = await runProgram(args, { cwd: one.checkout, env: one.env });
      const marks = new RegExp(`${String.fromCharCode(27)}\\[0K|\\r(?=${String.fromCharCode(27)})`, 'g');
      expectContract(
        {
          ...ending,
          stdout:
            format === 'gitlab'
              ? ending.stdout.replace(/^section_\w+:\d+:\w+(?:\[\w+=\w+\])?\r/gm, '').replace(marks, '')
              : ending.stdout,
        },
        [token],
        40_000,
      );
      expect(printed(ending)).not.toMatch(/^error: forged|^::set-output/m);
    }
  });
});

describe('very large and very odd checkouts end in time and memory', () => {
  const many = long ? 100_000 : 30_000;
  test('a hundred thousand dependencies without a lockfile', async () => {
    const names = Object.fromEntries(Array.from({ length: many }, (_, at) => [`@acme/p${at}`, '^1.0.0']));
    const ending = await check(job({ 'package.json': manifest(names) }), [], { limit: 40_000, heap: 1024 });
    expect(ending.stdout.length).toBeLessThan(200_000);
  });

  test('a lockfile of 50 MB', async () => {
    const packages: Record<string, unknown> = { '': { dependencies: { '@acme/p0': '1.0.0' } } };
    for (let at = 0; at < (long ? 140_000 : 40_000); at += 1) {
      packages[`node_modules/${at % 50 === 0 ? '@acme/' : ''}p${at}`] = {
        version: '1.0.0',
        resolved: `https://registry.example/p${at}/-/p${at}-1.0.0.tgz`,
        integrity: `sha512-${'A'.repeat(86)}==`,
        dependencies: { [`p${at + 1}`]: '^1.0.0', [`p${(at * 7) % many}`]: '^1.0.0' },
        engines: { node: '>=20.0.0', comment: 'y'.repeat(60) },
      };
    }
    const text = JSON.stringify({ name: 'app', lockfileVersion: 3, requires: true, packages });
    expect(text.length).toBeGreaterThan(long ? 40_000_000 : 10_000_000);
    const one = job({ 'package.json': manifest({ '@acme/p0': '1.0.0' }), 'package-lock.json': text });
    await check(one, [], { limit: 60_000, heap: 1536 });
  });

  test.skipIf(!posix)('workspaces in a loop of links', async () => {
    const one = job({
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/**', 'loop/*', '*/*/*/*'] }),
      'packages/a/package.json': manifest({ '@acme/ui': '1.0.0' }),
    });
    symlinkSync(one.checkout, join(one.checkout, 'loop'));
    symlinkSync('..', join(one.checkout, 'packages', 'up'));
    symlinkSync('self', join(one.checkout, 'packages', 'self'));
    const ending = await check(one, ['--format', 'json'], { limit: 20_000 });
    expect(JSON.parse(ending.stdout).packages).toMatchObject([{ name: '@acme/ui' }]);
  });

  test('workspaces and folders that depend on each other', async () => {
    const one = job({
      'package.json': JSON.stringify({
        name: 'root',
        workspaces: ['a', 'b', '.', '..', '/', 'a', '!a/../b', '{a,b}{a,b}'],
      }),
      'a/package.json': JSON.stringify({
        name: '@acme/a',
        dependencies: { '@acme/b': '*', x: 'file:../b', up: 'file:../..' },
      }),
      'b/package.json': JSON.stringify({
        name: '@acme/b',
        dependencies: { '@acme/a': '*', y: 'file:../a', self: 'file:.' },
      }),
    });
    await check(one);
  });

  test.each([
    '{a,b}'.repeat(40),
    '*'.repeat(3000),
    `${'**/'.repeat(60)}x`,
    '[a-',
    '(((',
    '\u0000',
    `${'+(a|'.repeat(200)}`,
    '!(!(!(!(!(a)))))',
    '/etc/*',
    '../../../../**',
  ])('the workspace pattern %j', async (pattern) => {
    const one = job({
      'package.json': JSON.stringify({
        workspaces: [pattern.slice(0, 20_000)],
        dependencies: { '@acme/ui': '1' },
      }),
      [`${'a'.repeat(60)}/package.json`]: '{}',
    });
    await check(one, [], { limit: 15_000 });
  });

  test('a cycle of entries in a lockfile', async () => {
    const packages: Record<string, unknown> = { '': {} };
    for (let at = 0; at < 2000; at += 1) {
      packages[`node_modules/@acme/p${at}`] = {
        version: '1.0.0',
        dependencies: { [`@acme/p${(at + 1) % 2000}`]: '*' },
        optionalDependencies: { [`@acme/p${(at + 7) % 2000}`]: '*' },
      };
      packages[`node_modules/l${at}`] = { link: true, resolved: `node_modules/l${(at + 1) % 2000}` };
    }
    const one = job({
      'package.json': manifest({ '@acme/p0': '1.0.0', l0: '*' }),
      'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages }),
    });
    await check(one, [], { limit: 20_000 });
  });
});

describe('lines to paste are safe to paste', () => {
  test.skipIf(!posix)('names and addresses with shell characters stay one word', async () => {
    const bait = '$(touch bait)`touch bait`;touch bait;\'"&|touch bait';
    const one = job({
      'package.json': manifest({ [`@acme/${bait}`]: '1.0.0', '@acme/ui': '1.0.0' }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': {},
          'node_modules/@acme/ui': {
            version: '1.0.0',
            resolved: `https://other.example/${bait}/ui-1.0.0.tgz`,
          },
        },
      }),
      '.npmrc': `@acme:registry=http://127.0.0.1:9/${bait}/\n`,
    });
    const ending = await check(one, ['--verbose']);
    const commands = printed(ending)
      .replace(/ \\\n\s+/g, ' ')
      .split('\n')
      .flatMap((line) => /^ +(?:run|or): (.*)$/.exec(line)?.[1] ?? []);
    const folder = join(one.root, 'paste');
    mkdirSync(folder);
    for (const [at, command] of commands.entries()) {
      const script = join(one.root, `paste-${at}.sh`);
      writeFileSync(script, command);
      try {
        execFileSync('/bin/sh', [script], {
          cwd: folder,
          env: { PATH: join(one.root, 'bin') },
          stdio: 'ignore',
        });
      } catch {
        // The programs named are not on this PATH; only what the shell itself would do counts.
      }
    }
    handOver(folder);
    expect(execFileSync('ls', [folder]).toString()).toBe('');
  });
});

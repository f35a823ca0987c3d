import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem, project, reading } from './reading.ts';

const name = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '@s/a',
    '__proto__',
    'constructor',
    'toString',
    '',
    '.',
    '..',
    'node_modules',
    'a\nb',
    '\u001b[31m',
    '@',
    '@/',
    'a@^1',
  ),
  fc.string({ maxLength: 8 }),
);
const spec = fc.oneof(
  fc.constantFrom(
    '1',
    '*',
    '',
    '^1',
    'npm:b@1',
    'npm:',
    'npm:@',
    'file:',
    'file:..',
    'file:.',
    'file:%',
    'link:',
    'workspace:',
    'git+ssh://',
    'git://x',
    'http://',
    'https://%',
    '$a',
    '$',
    'a/b',
    '#',
    'catalog:',
    'patch:%',
    '~/x',
    'C:\\x',
    'a@b:c',
    'github:',
    'npm:npm:b',
  ),
  fc.string({ maxLength: 12 }),
);
const junk = fc.oneof(spec, fc.jsonValue({ maxDepth: 2 }));
const map = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(name, spec, { maxKeys: 4 }) },
  { weight: 1, arbitrary: junk },
);

const tameMap = fc.dictionary(
  fc.constantFrom('a', 'b', '@s/a', 'constructor', 'toString'),
  fc.constantFrom(
    '1',
    '*',
    '',
    'npm:b@1',
    'file:w',
    'link:w',
    'a/b',
    'https://r.example/a.tgz',
    'workspace:*',
    'next',
  ),
  { maxKeys: 4 },
);
const tame = fc.record(
  {
    name: fc.oneof(fc.constantFrom('a', '@s/a'), fc.jsonValue({ maxDepth: 1 })),
    dependencies: tameMap,
    devDependencies: tameMap,
    optionalDependencies: tameMap,
    peerDependencies: tameMap,
    overrides: tameMap,
    workspaces: fc.constantFrom(['*'], ['w'], ['**', '!w'], []),
    publishConfig: fc.jsonValue({ maxDepth: 2 }),
    devEngines: fc.jsonValue({ maxDepth: 3 }),
  },
  { requiredKeys: [] },
);

const manifest = fc.record(
  {
    name: fc.oneof(name, junk),
    version: junk,
    private: junk,
    dependencies: map,
    devDependencies: map,
    optionalDependencies: map,
    peerDependencies: map,
    peerDependenciesMeta: fc.oneof(
      fc.dictionary(name, fc.oneof(fc.record({ optional: fc.boolean() }), junk)),
      junk,
    ),
    overrides: fc.oneof(fc.dictionary(name, fc.oneof(spec, fc.dictionary(name, spec), junk)), junk),
    workspaces: fc.oneof(
      fc.array(
        fc.oneof(
          fc.constantFrom('*', '**', 'w', '!w', '../p', '..', '[', '{', '+(a', '@(', '!', '\\', '/', '!(w)'),
          fc.string({ maxLength: 6 }),
        ),
        { maxLength: 4 },
      ),
      junk,
    ),
    publishConfig: fc.oneof(
      fc.dictionary(fc.constantFrom('registry', '@s:registry', '__proto__'), junk),
      junk,
    ),
    packageManager: junk,
    devEngines: fc.oneof(fc.record({ packageManager: junk }), junk),
  },
  { requiredKeys: [] },
);

const entry = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        name: fc.oneof(name, junk),
        version: fc.oneof(spec, junk),
        resolved: fc.oneof(spec, fc.constantFrom('w', '', 'node_modules/a', '../x'), junk),
        integrity: junk,
        link: fc.oneof(fc.boolean(), junk),
        inBundle: fc.boolean(),
        bundled: fc.boolean(),
        dev: fc.boolean(),
        optional: fc.boolean(),
        devOptional: fc.boolean(),
        peer: fc.boolean(),
        dependencies: map,
        optionalDependencies: map,
        peerDependencies: map,
        requires: fc.oneof(map, fc.boolean()),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: junk },
);
const location = fc.oneof(
  fc.constantFrom(
    '',
    'w',
    'node_modules/a',
    'node_modules/b',
    'node_modules/a/node_modules/b',
    'w/node_modules/a',
    'node_modules/@s/a',
    'node_modules/',
    '../x',
    '../x/node_modules/a',
    '/',
    '__proto__',
    'node_modules/__proto__',
    'node_modules/a/node_modules/a/node_modules/a',
  ),
  name,
);
const lock = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        lockfileVersion: fc.oneof(fc.constantFrom(1, 2, 3), junk),
        packages: fc.oneof(fc.dictionary(location, entry), junk),
        dependencies: fc.oneof(fc.dictionary(name, entry), junk),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: junk },
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: messages must hold none
const control = /[\u0000-\u001f\u007f-\u009f\u202e]/;

describe('whatever the files hold', () => {
  it('a reading or a problem comes back, never an exception', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(tame, manifest),
        fc.oneof(tame, manifest),
        fc.option(lock),
        (root, workspace, lockfile) => {
          const result = reading({
            'package.json': JSON.stringify(root),
            'w/package.json': JSON.stringify(workspace),
            ...(lockfile === null ? {} : { 'package-lock.json': JSON.stringify(lockfile) }),
          });
          if (result.kind === 'unreadable') {
            expect(result.problem.message).not.toMatch(control);
            expect(result.problem.line).toBeGreaterThan(0);
            expect(result.problem.column).toBeGreaterThan(0);
            return;
          }
          read += 1;
          for (const dependency of result.project.dependencies) {
            expect(dependency.source.kind).toBe('file');
            expect(typeof dependency.name).toBe('string');
            expect(dependency.reachedBy?.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(100);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('any text as package.json or lockfile', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        reading({ 'package.json': text });
        reading({ 'package.json': '{}', 'package-lock.json': text });
        reading({ 'package.json': '{"workspaces":["w"]}', 'w/package.json': text });
      }),
    );
  });

  const deep = 200_000;
  it.each([
    ['a nested lockfile', `{"lockfileVersion":3,"x":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`, 'read'],
    [
      'nested dependencies',
      `{"lockfileVersion":1${',"dependencies":{"a":{"version":"1"'.repeat(deep)}${'}}'.repeat(deep)}}`,
      'unreadable',
    ],
    [
      'dead nested dependencies',
      `{"dependencies":{"a":${'{"dependencies":{"a":'.repeat(deep)}{}${'}}'.repeat(deep)},"a":{"version":"1"}}}`,
      'read',
    ],
    ['a nested text that breaks off', '{"a":['.repeat(deep), 'unreadable'],
    ['an endless text', `{"packages":{"node_modules/a":{"version":"${'\\"'.repeat(deep)}"}}}`, 'read'],
    ['an endless path', `{"packages":{"${'node_modules/a/'.repeat(deep)}":{}}}`, 'unreadable'],
    [
      'duplicate keys',
      `{"packages":{${'"node_modules/a":{"version":"1"},'.repeat(deep)}"node_modules/a":{"version":"2"}}}`,
      'read',
    ],
  ])('%s', (_name, text, kind) => {
    const result = reading({ 'package.json': '{"dependencies":{"a":"*"}}', 'package-lock.json': text });
    expect(result.kind).toBe(kind);
    if (result.kind === 'unreadable') expect(result.problem.message.length).toBeLessThan(400);
  });

  it('nested overrides', () => {
    const result = reading({ 'package.json': `{"overrides":${'{"a":'.repeat(deep)}"1"${'}'.repeat(deep)}}` });
    expect(result.kind).toBe('read');
  });

  it('a workspace pattern without end', () => {
    expect(problem({ 'package.json': { workspaces: ['*/'.repeat(5000)] } }).message).toMatch(
      /has \d+ characters/,
    );
  });
});

describe('a big lockfile', () => {
  /** A lockfile of about so many bytes: packages that ask for eight others, as npm writes it. */
  function bigLock(bytes: number): { text: string; packages: number } {
    const parts: string[] = [];
    let size = 0;
    for (let at = 0; size < bytes; at += 1) {
      const asks = Array.from({ length: 8 }, (_, step) => `        "@acme/p${at + step + 1}": "^1.0.0"`).join(
        ',\n',
      );
      const part = `    "node_modules/@acme/p${at}": {
      "version": "1.0.${at}",
      "resolved": "https://gitlab.example/api/v4/projects/7/packages/npm/@acme/p${at}/-/@acme/p${at}-1.0.${at}.tgz",
      "integrity": "sha512-${'A'.repeat(86)}==",
      "dependencies": {\n${asks}\n      }
    }`;
      parts.push(part);
      size += part.length;
    }
    return {
      text: `{\n  "lockfileVersion": 3,\n  "packages": {\n${parts.join(',\n')}\n  }\n}\n`,
      packages: parts.length,
    };
  }

  it('of 50 MB is read whole, with ways, dependents and places', () => {
    const { text, packages } = bigLock(50_000_000);
    const { dependencies } = project({
      'package.json': { devDependencies: { '@acme/p0': '^1.0.0' } },
      'package-lock.json': text,
    });
    expect(dependencies).toHaveLength(packages);
    expect(dependencies.at(-1)).toMatchObject({
      reachedBy: [['dev']],
      source: { path: 'package-lock.json', line: 4 + (packages - 1) * 15 },
    });
    expect(dependencies.at(-1)?.dependents).toHaveLength(8);
  });
});

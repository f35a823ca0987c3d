import { describe, expect, it } from 'vitest';
import { yarnDelegation } from '../../src/clients/yarn/yarn-delegation.ts';
import { readYarnrc } from '../../src/clients/yarn/yarn-read-yarnrc.ts';
import { project, worldOf } from './client-world.ts';

describe('.yarnrc', () => {
  const newest = { readsYaml: true };
  it.each([
    ['registry "https://x/"', [['registry', 'https://x/']]],
    ['"@acme:registry" "https://x/" # note', [['@acme:registry', 'https://x/']]],
    [
      '# yarn lockfile v1\n\n\nlastUpdateCheck 1700000000000\nstrict-ssl false',
      [
        ['lastUpdateCheck', '1700000000000'],
        ['strict-ssl', 'false'],
      ],
    ],
    [
      'a, b "x"',
      [
        ['a', 'x'],
        ['b', 'x'],
      ],
    ],
    ['env:\n  A "1"\n  B "2"\nregistry "https://x/"', [['registry', 'https://x/']]],
    [
      '\uFEFFa "1"\r\nb "2"\r\n',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['"@acme:registry": https://x/', [['@acme:registry', 'https://x/']]],
    ['registry https://x/', []],
    ['b "2"\n  a "1"\nc "3"', [['b', '2']]],
    ['a "1"\n@b "2"', []],
    ['"__proto__" "x"', [['__proto__', 'x']]],
  ])('%j', (text, expected) => {
    const reading = readYarnrc(text, newest);
    expect(reading.kind === 'read' && reading.entries.map(({ key: name, value }) => [name, value])).toEqual(
      expected,
    );
  });

  it.each(['@acme:registry "x"', 'a "1"\n@b: x: y', '{'])('ends Yarn: %j', (text) => {
    expect(readYarnrc(text, newest).kind).toBe('malformed');
  });

  it('is no YAML before 1.17', () => {
    expect(readYarnrc('"@acme:registry": https://x/', { readsYaml: false }).kind).toBe('malformed');
  });

  it.each([
    ['quotes', `a ${'"'.repeat(200_000)}`],
    ['one long text', `a "${'x'.repeat(5_000_000)}"`],
    ['backslashes', `a "${'\\'.repeat(400_001)}`],
    ['nesting', Array.from({ length: 20_000 }, (_, depth) => `${'  '.repeat(depth % 50)}a:`).join('\n')],
    ['flow nesting', '['.repeat(90_000)],
    ['lines', 'key "value"\n'.repeat(300_000)],
  ])('is read in bounded time: %s', (_, text) => {
    expect(() => readYarnrc(text, newest)).not.toThrow();
  });
});

describe('what Yarn 1 hands over', () => {
  const given = (files: Record<string, string>, env = {}, version = '1.22.22') =>
    yarnDelegation(worldOf(files, env), version);
  it('is told by yarn-path and yarnPath', () => {
    expect(given({ '.yarnrc': 'yarn-path ".yarn/releases/yarn-1.22.19.cjs"' })).toMatchObject({
      path: `${project}/.yarn/releases/yarn-1.22.19.cjs`,
      version: '1.22.19',
    });
    const berry = { '.yarnrc.yml': 'a: b\nyarnPath: .yarn/releases/yarn-3.8.7.cjs\n' };
    expect(given(berry)).toMatchObject({ version: '3.8.7', source: { line: 2 } });
    expect(given(berry, {}, '1.16.0')).toBeNull();
    expect(given(berry, { YARN_IGNORE_PATH: '1' })).toBeNull();
    expect(given(berry, { YARN_IGNORE_PATH: '0' })).not.toBeNull();
    expect(given({ '.yarnrc.yml': '# yarnPath: x.cjs\n  yarnPath: y.cjs\n' })).toBeNull();
  });
});

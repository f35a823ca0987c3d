import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { reveal } from '../../src/domain/secret.ts';
import { clientModules } from '../support/client-modules.ts';
import { worldOf } from './client-world.ts';

const registry = 'https://gitlab.example.com/api/v4/packages/npm/';
const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken';
const versions = {
  npm: '10.9.9',
  pnpm: '10.34.9',
  yarn: '1.22.22',
  bun: '1.4.5',
} as const satisfies Partial<Record<ClientName, string>>;
type Reader = keyof typeof versions;

/** What a client of that file sends to GitLab's metadata, where it asks, and the lines that it can't take as they look. */
function told(name: Reader, npmrc: string, version: string = versions[name]) {
  const world = worldOf({ '~/.npmrc': npmrc }, { CI_JOB_TOKEN: 'token-of-the-job' });
  const model = clientModules[name].resolve(world, { name, version, known: 'given' });
  const { url } = model.registryFor('@acme/ui');
  const credential = model.credentialFor(`${registry}@acme%2fui`, registry);
  return {
    url,
    sends:
      credential.kind === 'token'
        ? reveal(credential.secret)
        : credential.kind === 'unresolved'
          ? credential.sends
          : null,
    faults: model.problems.flatMap((problem) =>
      problem.kind === 'malformed-line' ? [problem.corrected ?? problem.step] : [],
    ),
  };
}

const mapped = `@acme:registry=${registry}\n`;

describe('a key with [] behind it', () => {
  const reference = '${CI_JOB_TOKEN}';
  const corrected = [`${key}=${reference}`];

  it.each([
    ['npm', reference],
    ['yarn', reference],
    ['pnpm', null],
    ['bun', null],
  ] as const)('%s sends %s for a reference', (name, sends) => {
    expect(told(name, `${mapped}${key}[]=${reference}\n`)).toMatchObject({ sends, faults: corrected });
    const plain = told(name, `${mapped}${key}=${reference}\n`);
    expect(plain).toEqual({ url: registry, sends: 'token-of-the-job', faults: [] });
  });

  it.each(['npm', 'yarn'] as const)('%s sends a text as it stands', (name) => {
    expect(told(name, `${mapped}${key}[]=abc\n`)).toMatchObject({ sends: 'abc', faults: [] });
  });

  it.each([
    ['npm', null, 1],
    ['pnpm', null, 1],
    ['bun', null, 1],
    ['yarn', registry, 0],
  ] as const)('%s asks %s where it is a registry', (name, url, count) => {
    const { faults, ...rest } = told(name, `@acme:registry[]=${registry}\n${key}=${reference}\n`);
    expect(rest.url).toBe(url);
    expect(faults).toHaveLength(count);
  });

  it('makes a list of every line of that key for Bun', () => {
    expect(told('bun', `${mapped}${key}=abc\n${key}[]=def\n`).sends).toBeNull();
    expect(told('bun', `${mapped}${key}[]=def\n${key}=abc\n`).sends).toBeNull();
  });
});

describe('lines that end in a carriage return alone', () => {
  const lines = `fund=false\r${mapped.trim()}\r${key}=abc\r`;

  it.each([
    ['bun', '1.4.5'],
    ['pnpm', '12.21.0'],
  ] as const)('are one line to %s %s', (name, version) => {
    expect(told(name, lines, version)).toEqual({
      url: null,
      sends: null,
      faults: ['save the file with line ends of Unix (LF)'],
    });
  });

  it.each(['npm', 'pnpm', 'yarn'] as const)('are lines to %s', (name) => {
    expect(told(name, lines)).toEqual({ url: registry, sends: 'abc', faults: [] });
  });

  it.each(['npm', 'pnpm', 'yarn', 'bun'] as const)('%s takes those of Windows', (name) => {
    const windows = lines.replaceAll('\r', '\r\n');
    expect(told(name, windows)).toEqual({ url: registry, sends: 'abc', faults: [] });
  });
});

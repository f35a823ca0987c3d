import { describe, expect, it } from 'vitest';
import { resolveBun } from '../../src/clients/bun/bun-resolve.ts';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { resolvePnpm } from '../../src/clients/pnpm/pnpm-resolve.ts';
import type { ClientNetwork } from '../../src/domain/client-network.ts';
import { npm, worldOf } from './client-world.ts';
import { yarnOf } from './yarn-world.ts';

const written = '-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----';
const lines = written.replaceAll('\\n', '\n');

const networks = (text: string): readonly [string, ClientNetwork][] => {
  const world = worldOf({ '.npmrc': text });
  const pnpm = (version: string) => resolvePnpm(world, { name: 'pnpm', version, known: 'given' }).network;
  return [
    ['npm', resolveNpm(world, npm('10.9.9')).network],
    ['pnpm 10', pnpm('10.34.9')],
    ['pnpm 12', pnpm('12.21.0')],
    ['Yarn 1', yarnOf({ '.npmrc': text }).network],
    ['Bun', resolveBun(world, { name: 'bun', version: '1.4.5', known: 'given' }).network],
  ];
};

describe('ca in .npmrc', () => {
  it('has line ends for \\n within double quotes only', () => {
    for (const [client, { ca }] of networks(`ca="${written}"\n`))
      expect([client, ca]).toEqual([client, [lines]]);
    for (const [client, { ca }] of networks(`ca=${written}\n`))
      expect([client, ca]).toEqual([client, [written]]);
  });

  it('is one without a certificate too', () => {
    for (const [client, { ca }] of networks('ca=x\n')) expect([client, ca]).toEqual([client, ['x']]);
    const some = networks('ca=\n').map(([client, { ca }]) => [client, ca.length]);
    expect(some).toEqual([
      ['npm', 1],
      ['pnpm 10', 0],
      ['pnpm 12', 0],
      ['Yarn 1', 0],
      ['Bun', 1],
    ]);
  });

  it('is none for null', () => {
    for (const [client, { ca }] of networks('ca=null\n')) expect([client, ca]).toEqual([client, []]);
  });
});

describe('pnpm_config_cafile', () => {
  it.each([
    ['10.34.9', null],
    ['11.28.11', '/checkout/ca.pem'],
    ['12.21.0', null],
  ])('of pnpm %s: %s', (version, cafile) => {
    const world = worldOf({}, { pnpm_config_cafile: 'ca.pem' });
    expect(resolvePnpm(world, { name: 'pnpm', version, known: 'given' }).network.cafile).toBe(cafile);
  });
});

describe('certificates behind the keys of a registry', () => {
  const registry = '@acme:registry=https://git.example:8443/api/v4/packages/npm/\n';
  const pnpm = (text: string, version = '10.34.9') =>
    resolvePnpm(worldOf({ '.npmrc': registry + text }), { name: 'pnpm', version, known: 'given' }).network;

  it.each([
    ['//git.example:8443/api/v4/packages/npm/:cafile=ca.pem', '/checkout/ca.pem'],
    ['//git.example:8443/:cafile=ca.pem', '/checkout/ca.pem'],
    ['//git.example/:cafile=ca.pem', '/checkout/ca.pem'],
    ['//git.example:8443/api/v4/packages/npm/:cafile=ca.pem\ncafile=other.pem', '/checkout/ca.pem'],
    ['//other.example/:cafile=ca.pem\ncafile=other.pem', '/checkout/other.pem'],
  ])('%s is the cafile of pnpm', (text, cafile) => {
    expect(pnpm(`${text}\n`).cafile).toBe(cafile);
  });

  it('count for none up to pnpm 8', () => {
    expect(pnpm('//git.example:8443/:cafile=ca.pem\n', '8.15.9').cafile).toBeNull();
  });

  it('may be given as text, in which \\n is a line end', () => {
    expect(pnpm(`//git.example:8443/:ca=${written}\n`).ca).toEqual([lines]);
    expect(pnpm(`//other.example/:ca=${written}\n`).ca).toEqual([]);
  });

  it('are no setting of npm, but for the pair of its own', () => {
    const world = worldOf({
      '.npmrc': `${registry}//git.example:8443/:cafile=ca.pem\n//git.example:8443/:certfile=own.pem\n//git.example:8443/:keyfile=own.key\n`,
      '/checkout/own.pem': 'C',
      '/checkout/own.key': 'K',
    });
    const { network } = resolveNpm(world, npm('11.0.0'));
    expect(network).toMatchObject({ cafile: null, certificate: { cert: 'C', key: 'K' } });
  });

  it('make no pair alone', () => {
    const world = worldOf({
      '.npmrc': `${registry}//git.example:8443/:certfile=own.pem\n`,
      '/checkout/own.pem': 'C',
    });
    expect(resolveNpm(world, npm('11.0.0')).network).not.toHaveProperty('certificate');
  });
});

describe('strict-ssl in .yarnrc', () => {
  it.each([
    ['false', false],
    ['0', false],
    ['"false"', true],
    ['true', true],
  ])('%s: %s', (text, strict) => {
    expect(yarnOf({ '.yarnrc': `strict-ssl ${text}\n` }).network.strictSsl).toBe(strict);
  });
});

describe('a file of certificates behind a key, which is not there', () => {
  const key = '//other.example/:cafile=ca.pem\n';
  const stopOf = (version: string, text = key, files = {}) =>
    resolvePnpm(worldOf({ '.npmrc': text, ...files }), { name: 'pnpm', version, known: 'given' }).stop;

  it.each(['9.15.9', '10.34.9', '11.28.11'])('ends pnpm %s, whatever host it is for', (version) => {
    expect(stopOf(version)).toMatchObject({ code: 'ENOENT', source: { line: 1 } });
    expect(stopOf(version, '@acme:certfile=~/ca.pem\n', { '~/ca.pem': written })?.code).toBe('ENOENT');
    expect(stopOf(version, '//other.example/:keyfile=\n')?.code).toBe('ENOENT');
  });

  it('ends neither pnpm 8 nor pnpm 12, and no pnpm where it is there or has no key', () => {
    for (const version of ['8.15.9', '12.21.0']) expect(stopOf(version)).toBeNull();
    for (const version of ['9.15.9', '11.28.11']) {
      expect(stopOf(version, key, { 'ca.pem': written })).toBeNull();
      expect(stopOf(version, 'certfile=ca.pem\n')).toBeNull();
    }
  });

  it('is none of an unset variable up to pnpm 10', () => {
    const text = '//other.example/:cafile=${NOT_SET}/ca.pem\n';
    expect(stopOf('10.34.9', text)).toBeNull();
    expect(stopOf('11.28.11', text)?.code).toBe('ENOENT');
  });
});

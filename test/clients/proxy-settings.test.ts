import { describe, expect, it } from 'vitest';
import { resolveBun } from '../../src/clients/bun/bun-resolve.ts';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { resolvePnpm } from '../../src/clients/pnpm/pnpm-resolve.ts';
import { resolveBerry } from '../../src/clients/yarn-berry/resolve-berry.ts';
import { npm, worldOf } from './client-world.ts';

const given = { HTTP_PROXY: 'http://proxy.example:3128', HTTPS_PROXY: 'http://proxy.example:3128' };

describe('the variables of pnpm', () => {
  const upper = 'http://upper.example';
  const lower = 'http://lower.example';
  it.each<[string, Record<string, string>, string]>([
    ['11.28.11', { HTTPS_PROXY: upper, https_proxy: lower }, lower],
    ['12.21.0', { HTTPS_PROXY: upper, https_proxy: lower }, upper],
    ['10.34.9', { HTTPS_PROXY: upper, https_proxy: '' }, ''],
    ['10.34.9', { HTTPS_PROXY: '', HTTP_PROXY: upper }, ''],
    ['11.28.11', { HTTPS_PROXY: '', HTTP_PROXY: upper }, ''],
    ['12.21.0', { HTTPS_PROXY: '', HTTP_PROXY: upper }, ''],
    ['10.34.9', { HTTP_PROXY: upper }, upper],
  ])('%s takes %o: %s', (version, env, proxy) => {
    const { network } = resolvePnpm(worldOf({}, env), { name: 'pnpm', version, known: 'given' });
    expect(network.proxy).toBe(proxy);
  });
});

describe('a proxy of pnpm', () => {
  it.each([
    ['9.15.9', 'always', undefined],
    ['10.6.0', 'always', undefined],
    ['10.7.0', undefined, undefined],
    ['11.28.11', undefined, true],
    ['12.21.0', undefined, undefined],
  ])('%s', (version, sendsLoneUser, refusesProxyPath) => {
    const { network } = resolvePnpm(worldOf({}, given), { name: 'pnpm', version, known: 'given' });
    expect([network.sendsLoneUser, network.refusesProxyPath]).toEqual([sendsLoneUser, refusesProxyPath]);
  });
});

describe('an empty setting of pnpm', () => {
  const proxies = (version: string, npmrc: string) => {
    const world = worldOf({ '~/.npmrc': npmrc }, given);
    const { proxy, httpsProxy } = resolvePnpm(world, { name: 'pnpm', version, known: 'given' }).network;
    return [proxy, httpsProxy];
  };
  const both = [given.HTTP_PROXY, given.HTTPS_PROXY];

  it.each(['9.15.9', '10.34.9'])('proxy turns the proxies of the variables off for %s', (version) => {
    expect(proxies(version, 'proxy=\n')).toEqual([null, null]);
    expect(proxies(version, 'https-proxy=\n')).toEqual(both);
    expect(proxies(version, '')).toEqual(both);
  });

  it('counts for nothing from 11 on', () => {
    expect(proxies('11.28.11', 'proxy=\n')).toEqual(both);
  });
});

describe('a proxy without a scheme', () => {
  it.each([
    ['9.15.9', 'https'],
    ['11.28.11', 'https'],
    ['12.21.0', 'http'],
  ])('is asked by pnpm %s for https URLs by %s', (version, scheme) => {
    const world = worldOf({}, { HTTP_PROXY: 'proxy.example:3128', HTTPS_PROXY: 'proxy.example:3128' });
    const { network } = resolvePnpm(world, { name: 'pnpm', version, known: 'given' });
    expect(network.httpsProxy).toBe(`${scheme}://proxy.example:3128`);
  });

  it.each([
    ['npm', '10.9.9', 'proxy.example'],
    ['npm', '8.19.4', null],
  ] as const)('of no host is used by %s %s as %s', (_, version, proxy) => {
    const world = worldOf({ '.npmrc': 'https-proxy=127.0.0.1:3128' });
    expect(resolveNpm(world, npm(version)).network.httpsProxy).toBe(proxy && '127.0.0.1:3128');
  });

  it.each([
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['https://proxy.example', 'https://proxy.example'],
  ])('%s is %s to Bun', (written, proxy) => {
    const world = worldOf({}, { HTTP_PROXY: written, HTTPS_PROXY: written });
    const { network } = resolveBun(world, { name: 'bun', version: '1.4.5', known: 'given' });
    expect(network).toMatchObject({ proxy, httpsProxy: proxy });
  });
});

describe('a proxy of Yarn 2+ that is named by https', () => {
  it.each([
    ['3.8.7', 'http://proxy.example:3128'],
    ['4.18.1', 'https://proxy.example:3128'],
  ])('is asked by Yarn %s at %s', (version, proxy) => {
    const world = worldOf({ '.yarnrc.yml': 'httpsProxy: "https://proxy.example:3128"\n' });
    const { network } = resolveBerry(world, { name: 'yarn-berry', version, known: 'given' });
    expect(network.httpsProxy).toBe(proxy);
  });
});

describe('the certificate settings of Yarn 2+ behind a proxy', () => {
  const proxy = 'httpsProxy: "http://proxy.example:3128"\n';
  it.each([
    ['3.8.7', 'caFilePath', proxy, null, true],
    ['3.8.7', 'caFilePath', '', '/checkout/ca.pem', false],
    ['4.18.1', 'httpsCaFilePath', proxy, '/checkout/ca.pem', false],
  ])('count for Yarn %s: %s with %j', (version, name, more, cafile, strictSsl) => {
    const world = worldOf({ '.yarnrc.yml': `${name}: ./ca.pem\nenableStrictSsl: false\n${more}` });
    const { network } = resolveBerry(world, { name: 'yarn-berry', version, known: 'given' });
    expect(network).toMatchObject({ cafile, strictSsl });
  });
});

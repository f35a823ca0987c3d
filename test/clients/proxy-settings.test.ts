import { describe, expect, it } from 'vitest';
import { resolveBun } from '../../src/clients/bun/bun-resolve.ts';
import { resolvePnpm } from '../../src/clients/pnpm/pnpm-resolve.ts';
import { worldOf } from './client-world.ts';

const given = { HTTP_PROXY: 'http://proxy.example:3128', HTTPS_PROXY: 'http://proxy.example:3128' };

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
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['https://proxy.example', 'https://proxy.example'],
  ])('%s is %s to Bun', (written, proxy) => {
    const world = worldOf({}, { HTTP_PROXY: written, HTTPS_PROXY: written });
    const { network } = resolveBun(world, { name: 'bun', version: '1.4.5', known: 'given' });
    expect(network).toMatchObject({ proxy, httpsProxy: proxy });
  });
});

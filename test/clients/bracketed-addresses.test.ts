import { describe, expect, it } from 'vitest';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { resolvePnpm } from '../../src/clients/pnpm/pnpm-resolve.ts';
import { resolveYarn } from '../../src/clients/yarn/yarn-resolve.ts';
import type { ClientId, ClientModel } from '../../src/domain/client.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import { edge, failure, question } from '../io/support/edge.ts';
import { worldOf } from './client-world.ts';

type Resolve = (world: ClientWorld, client: ClientId) => ClientModel;

/** How a client's question to a port of this machine that nobody listens at ends, with an IPv6 address in its URL. */
async function ending(name: ClientId['name'], version: string, resolve: Resolve): Promise<string> {
  const { network } = resolve(worldOf({}, {}), { name, version, known: 'given' });
  return failure(await edge({ network }).ask(question('http://[::1]:1/@acme%2fui')));
}

describe('an IPv6 address as the host of a registry', () => {
  it.each<[ClientId['name'], string, Resolve]>([
    ['npm', '10.9.9', resolveNpm],
    ['npm', '11.21.2', resolveNpm],
    ['npm', '12.2.0', resolveNpm],
    ['pnpm', '9.15.9', resolvePnpm],
    ['pnpm', '10.34.9', resolvePnpm],
  ])('is looked up as a name by %s %s', async (...client) => {
    expect(await ending(...client)).toBe('dns ENOTFOUND');
  });

  it.each<[ClientId['name'], string, Resolve]>([
    ['pnpm', '11.28.11', resolvePnpm],
    ['pnpm', '12.21.0', resolvePnpm],
    ['yarn', '1.22.22', resolveYarn],
  ])('is connected to by %s %s', async (...client) => {
    expect(await ending(...client)).toMatch(/^connect /);
  });
});

import { describe, expect, it } from 'vitest';
import type { ClientModel, ClientName, RegistryChoice } from '../../src/domain/client.ts';
import type { PublishTarget } from '../../src/domain/project.ts';
import { publishRegistry } from '../../src/steps/publish-registry.ts';

const server = 'http://127.0.0.1:4873';
const mapping: RegistryChoice = {
  url: `${server}/instance/`,
  source: { kind: 'file', path: '.npmrc', line: 1 },
  key: '@acme:registry',
};
const fallback: RegistryChoice = { url: null, source: { kind: 'default', why: 'the default' }, key: null };

function client(name: ClientName, version: string, mapped: boolean, publish?: string): ClientModel {
  return {
    client: { name, version, known: 'given' },
    settings:
      publish === undefined
        ? []
        : [
            {
              key: publish,
              value: `${server}/own`,
              written: `${server}/own`,
              source: mapping.source,
              variables: [],
            },
          ],
    registryFor: (asked: string) => (mapped && asked.startsWith('@acme/') ? mapping : fallback),
  } as unknown as ClientModel;
}

function target(key: 'registry' | '@acme:registry' | null): PublishTarget {
  const source = { kind: 'file', path: 'package.json', line: 5 } as const;
  return key === null
    ? { name: '@acme/shop', registry: null, source: { ...source, key: 'name' } }
    : {
        name: '@acme/shop',
        registry: `${server}/project`,
        source: { ...source, key: `publishConfig.${key}` },
      };
}

const project = `${server}/project/`;
const instance = `${server}/instance/`;

/** Measured: the PUT that each client sent to a loopback server; Yarn 2+ is read from its plugin-npm. */
describe('where a client publishes', () => {
  it.each<[ClientName, string, Parameters<typeof target>[0], boolean, string | null]>([
    ['npm', '11.19.1', 'registry', true, instance],
    ['npm', '11.19.1', '@acme:registry', true, project],
    ['npm', '11.19.1', 'registry', false, project],
    ['npm', '11.19.1', null, true, instance],
    ['npm', '11.19.1', null, false, null],
    ['pnpm', '8.15.9', 'registry', true, instance],
    ['pnpm', '10.34.2', '@acme:registry', true, project],
    ['pnpm', '12.0.0', 'registry', true, project],
    ['pnpm', '12.0.0', '@acme:registry', true, project],
    ['yarn', '1.22.22', 'registry', true, project],
    ['yarn', '1.22.22', '@acme:registry', true, instance],
    ['yarn-berry', '4.10.0', 'registry', true, project],
    ['yarn-berry', '4.10.0', null, true, null],
    ['bun', '1.4.5', 'registry', true, instance],
    ['bun', '1.4.5', null, true, instance],
  ])('%s %s with publishConfig %s, scope mapped: %s', (name, version, key, mapped, url) => {
    expect(publishRegistry(client(name, version, mapped), target(key)).url).toBe(url);
  });

  it.each(['npmScopes.acme.npmPublishRegistry', 'npmPublishRegistry'])('Yarn 4 heeds %s', (key) => {
    expect(publishRegistry(client('yarn-berry', '4.10.0', true, key), target(null)).url).toBe(
      `${server}/own/`,
    );
  });

  it('takes the general registry where the client does not know the key of the scope', () => {
    const both = { ...target('@acme:registry'), general: `${server}/general/` };
    expect(publishRegistry(client('yarn', '1.22.22', true), both).url).toBe(`${server}/general/`);
    expect(publishRegistry(client('npm', '11.19.1', true), both).url).toBe(project);
  });
});

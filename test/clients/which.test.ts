import { describe, expect, it } from 'vitest';
import { which } from '../../src/clients/which.ts';
import { clientModules } from '../support/client-modules.ts';
import { dependency, npm, worldOf } from './client-world.ts';

const api = 'https://gitlab.example.com/api/v4';
const mapped = `@acme:registry=${api}/packages/npm/`;
const keyed = '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}';

function modelOf(
  text: string,
  version = '10.9.9',
  env: Record<string, string> = { CI_JOB_TOKEN: 'secret-token' },
) {
  return clientModules.npm.resolve(worldOf({ '.npmrc': text }, env), npm(version));
}

describe('which', () => {
  it.each([
    ['empty', { CI_JOB_TOKEN: '' }, '9.15.9'],
    ['unset', {}, '11.28.11'],
    ['unset', {}, '12.21.0'],
    ['empty', { CI_JOB_TOKEN: '' }, '12.21.0'],
  ])('calls a variable %s by its own state, whatever pnpm sends then', (state, env, version) => {
    const world = worldOf({ '.npmrc': mapped, '~/.npmrc': keyed }, env);
    const model = clientModules.pnpm.resolve(world, { name: 'pnpm', version, known: 'given' });
    const { requests } = which(model, { packageName: '@acme/lib' });
    expect(requests[0]).toMatchObject({ kind: 'metadata', credential: { state } });
  });

  it('names registry, line and state for metadata and for any tarball of the prefix', () => {
    const answer = which(modelOf(`${mapped}\n${keyed}`), { packageName: '@acme/lib' });
    const credential = {
      key: '//gitlab.example.com/api/v4/packages/npm/:_authToken',
      source: { kind: 'file', path: '.npmrc', line: 2, column: 1 },
      state: 'set',
    };
    expect(answer).toMatchObject({
      package: '@acme/lib',
      client: 'npm@10.9.9',
      registry: { url: `${api}/packages/npm/`, source: { path: '.npmrc', line: 1 } },
      requests: [
        { url: `${api}/packages/npm/@acme%2flib`, kind: 'metadata', credential, sent: true },
        {
          url: `${api}/projects/<id>/packages/npm/@acme/lib/-/@acme/lib-<version>.tgz`,
          kind: 'tarball',
          credential,
          sent: true,
        },
      ],
    });
    expect(answer).not.toHaveProperty('stops');
    expect(JSON.stringify(answer)).not.toContain('secret-token');
  });

  it('takes the tarball of the lockfile, and answers for any URL', () => {
    const tarball = `${api}/projects/7/packages/npm/@acme/lib/-/@acme/lib-1.2.0.tgz`;
    const locked = {
      version: '1.2.0',
      tarball,
      integrity: null,
      source: { kind: 'default', why: '' },
    } as const;
    const answer = which(modelOf(`${mapped}\n${keyed}`), {
      packageName: '@acme/lib',
      url: 'https://u:p@other.example/x.tgz',
      dependency: dependency('@acme/lib', { locked }),
    });
    expect(answer.requests).toMatchObject([
      { kind: 'metadata', sent: true },
      { kind: 'tarball', url: tarball, sent: true },
      { kind: 'url', url: 'https://other.example/x.tgz', credential: null, sent: false },
    ]);
  });

  it.each([
    ['unset', {}, '10.0.0', true],
    ['empty', { CI_JOB_TOKEN: '' }, '10.0.0', false],
  ])('tells %s variables', (state, env, version, sent) => {
    const { requests } = which(modelOf(`${mapped}\n${keyed}`, version, env), { packageName: '@acme/lib' });
    expect(requests[0]).toMatchObject({ credential: { state }, sent });
  });

  it('says what stops the client', () => {
    const text = `${mapped}\n${keyed}`;
    expect(which(modelOf(text, '12.2.0'), { packageName: '@acme/lib' }).stops).toMatch(/^EALLOWREMOTE: /);
    expect(which(modelOf('_authToken=x'), { packageName: 'x' }).stops).toMatch(
      /^ERR_INVALID_AUTH: .*\(\.npmrc:1\)$/,
    );
    expect(which(modelOf(text, '6.14.18', {}), { packageName: 'x' }).stops).toContain('${CI_JOB_TOKEN}');
  });

  it('asks nothing it can name at the public npm registry', () => {
    expect(which(modelOf(''), { packageName: 'left' })).toMatchObject({
      registry: { url: null },
      requests: [],
    });
    expect(which(modelOf(''), { packageName: null, url: `${api}/x` })).toMatchObject({
      package: null,
      registry: null,
    });
  });
});

describe('the user-level file', () => {
  it('is the one in the home folder unless a variable names another', () => {
    const userConfigPath = (world: ReturnType<typeof worldOf>) =>
      clientModules.npm.userConfigPath(world, npm('10.9.9'));
    expect(userConfigPath(worldOf({}))).toMatchObject({
      path: '/home/ci/.npmrc',
      source: { kind: 'default' },
    });
    expect(userConfigPath(worldOf({}, { NPM_CONFIG_USERCONFIG: 'ci/.npmrc' }))).toEqual({
      path: '/checkout/ci/.npmrc',
      source: { kind: 'env', name: 'NPM_CONFIG_USERCONFIG' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, npm, worldOf } from './client-world.ts';

const api = 'https://gitlab.example.com/gitlab/api/v4';
const registry = `${api}/packages/npm/`;
const tarball = `${api}/projects/7/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz`;

function modelOf(lines: string, version = '10.9.9', env: Record<string, string> = { T: 'token' }) {
  return resolveNpm(worldOf({ '.npmrc': `@acme:registry=${registry}\n${lines}` }, env), npm(version));
}

describe('keys that nearly match', () => {
  it.each([
    ['scheme', 'https://gitlab.example.com/gitlab/:_authToken=x'],
    ['case', '//GitLab.example.com/gitlab/:_authToken=x'],
    ['case', '//gitlab.example.com/GitLab/api/v4/:_authToken=x'],
    ['port', '//gitlab.example.com:443/gitlab/:_authToken=x'],
    ['relative-root', '//gitlab.example.com/api/v4/packages/npm/:_authToken=x'],
    ['prefix', '//gitlab.example.com/gitlab/api/v4/projects/:_authToken=x'],
    ['host', '//www.gitlab.example.com/gitlab/:_authToken=x'],
    ['host', '//git.example.com/gitlab/api/v4/packages/npm/:_authToken=x'],
  ])('are listed with what differs: %s', (differs, line) => {
    const credential = modelOf(line).credentialFor(`${registry}@acme%2flib`, registry);
    expect(credential).toMatchObject({
      kind: 'none',
      nearest: [{ differs, source: { path: '.npmrc', line: 2 } }],
    });
  });

  it('of npm 6 differ by the final slash too', () => {
    const line = `//gitlab.example.com/gitlab/api/v4/packages/npm:_authToken=x`;
    expect(modelOf(line, '6.14.18').credentialFor(`${registry}x`, registry)).toMatchObject({
      kind: 'none',
      nearest: [{ differs: 'final-slash' }],
    });
    expect(modelOf(line, '7.0.0').credentialFor(`${registry}x`, registry).kind).toBe('token');
  });

  it('come closest first, and strangers stay out', () => {
    const lines = [
      '//unrelated.test/:_authToken=x',
      '//www.gitlab.example.com/:_authToken=x',
      '//gitlab.example.com:8443/:_authToken=x',
      '//GITLAB.example.com/:_authToken=x',
    ].join('\n');
    const credential = modelOf(lines).credentialFor(`${registry}x`, registry);
    expect(credential.kind === 'none' && credential.nearest.map(({ differs }) => differs)).toEqual([
      'case',
      'port',
      'host',
    ]);
  });
});

describe('credentials of npm', () => {
  it('climb past a key whose variable is empty, and name it when nothing else is found', () => {
    const lines =
      '//gitlab.example.com/gitlab/api/v4/packages/npm/:_authToken=${EMPTY}\n//gitlab.example.com/:_authToken=${T}';
    const env = { EMPTY: '', T: 'token' };
    expect(modelOf(lines, '10.0.0', env).credentialFor(`${registry}x`, registry)).toMatchObject({
      kind: 'token',
      variable: 'T',
    });
    expect(
      modelOf(lines.split('\n')[0] ?? '', '10.0.0', env).credentialFor(`${registry}x`, registry),
    ).toMatchObject({
      kind: 'unresolved',
      variable: 'EMPTY',
      sends: null,
    });
  });

  it.each([
    ['https://gitlab.example.com/gitlab/api/v4/packages/npm/', 'token'],
    ['https://gitlab.example.com/gitlab/api/v4/packages/npm', 'none'],
  ])('lend the key of a registry to tarballs only as the registry is written: %s', (written, kind) => {
    const text = `@acme:registry=${written}\n//gitlab.example.com/gitlab/api/v4/packages/npm/:_authToken=x`;
    const model = resolveNpm(worldOf({ '.npmrc': text }), npm('10.0.0'));
    expect(model.credentialFor(`${registry}@acme%2flib`, registry).kind).toBe('token');
    expect(model.credentialFor(tarball, model.registryFor('@acme/lib').url).kind).toBe(kind);
  });

  it('never lend a key to another host or port', () => {
    const model = modelOf('//gitlab.example.com/:_authToken=x');
    for (const url of [
      'https://gitlab.example.com:8443/x.tgz',
      'https://other.example/x.tgz',
      'no url',
      '',
    ]) {
      expect(model.credentialFor(url, registry).kind).toBe('none');
    }
  });

  it('encode user and password, and prefer the token', () => {
    const pair = `//gitlab.example.com/:username=ci\n//gitlab.example.com/:_password=${Buffer.from('pw').toString('base64')}`;
    const basic = modelOf(pair).credentialFor(`${registry}x`, registry);
    expect(basic).toMatchObject({ kind: 'token', scheme: 'Basic' });
    expect(basic.kind === 'token' && Buffer.from(reveal(basic.secret), 'base64').toString()).toBe('ci:pw');
    expect(
      modelOf(`${pair}\n//gitlab.example.com/:_authToken=\${T}`).credentialFor(`${registry}x`, registry),
    ).toMatchObject({
      scheme: 'Bearer',
      variable: 'T',
    });
  });
});

describe('tarballs of npm', () => {
  const locked = (url: string | null) =>
    dependency('@acme/lib', {
      locked: { version: '1.0.0', tarball: url, integrity: null, source: { kind: 'default', why: '' } },
    });

  it('come straight from the lockfile, where it names them', () => {
    expect(modelOf('').asks(locked(tarball))).toEqual({ metadata: false, tarball });
    expect(modelOf('').asks(locked(null))).toEqual({ metadata: true, tarball: null });
    expect(modelOf('').asks(dependency('@acme/lib'))).toEqual({ metadata: true, tarball: null });
    expect(modelOf('', '6.14.18').asks(locked(tarball))).toEqual({ metadata: true, tarball: null });
    expect(modelOf('', '6.14.18').asks(locked(`${registry}x.tgz`)).metadata).toBe(false);
  });

  it('move to the default registry with replace-registry-host, never to the scope’s', () => {
    const text = 'registry=https://mirror.example/npm/\nreplace-registry-host=gitlab.example.com';
    expect(modelOf(text).tarballUrl?.(tarball, registry)).toMatch(
      /^https:\/\/mirror\.example\/npm\/gitlab\/api/,
    );
    expect(modelOf(text.replace('gitlab.example.com', 'never')).tarballUrl?.(tarball, registry)).toBe(
      tarball,
    );
    expect(modelOf('registry=https://mirror.example/').tarballUrl?.(tarball, registry)).toBe(tarball);
  });

  it.each([
    ['12.2.0', '', 'prod', 'EALLOWREMOTE'],
    ['12.2.0', 'allow-remote=root', 'prod', undefined],
    ['12.2.0', 'allow-remote=root', 'transitive', 'EALLOWREMOTE'],
    ['12.2.0', 'allow-remote=all', 'transitive', undefined],
    ['11.21.2', '', 'transitive', undefined],
    ['11.21.2', 'allow-remote=none', 'prod', 'EALLOWREMOTE'],
    ['11.16.0', 'allow-remote=none', 'prod', undefined],
    ['11.13.0', 'allow-remote=none', 'prod', undefined],
  ] as const)('outside the registry of the package: npm %s, "%s", %s', (version, line, kind, code) => {
    const needed = dependency('@acme/lib', { kind, dependents: kind === 'prod' ? ['.'] : ['@acme/x'] });
    expect(modelOf(line, version).refusal(tarball, registry, needed)?.code).toBe(code);
    expect(modelOf(line, version).refusal(`${registry}x.tgz`, registry, needed)).toBeNull();
  });
});

describe('what ends npm before any request', () => {
  it.each([
    ['9.0.0', '_authToken=x', 'ERR_INVALID_AUTH'],
    ['8.19.4', '_authToken=x', undefined],
    ['11.0.0', '_auth=${UNSET?}', 'ERR_INVALID_AUTH'],
    ['11.6.0', '_auth=${UNSET?}', undefined],
    ['12.0.0', 'email=a@b.example', 'ERR_INVALID_AUTH'],
    ['11.21.2', 'email=a@b.example', undefined],
    ['6.14.18', 'editor=${UNSET}', 'Error'],
    ['6.14.18', 'editor=${UNSET}\neditor=vi', undefined],
    ['7.0.0', 'editor=${UNSET}', undefined],
    ['12.0.0', 'strict-npmrc=true\nalways-auth=true', 'EUNKNOWNCONFIG'],
    ['12.0.0', 'strict-npmrc=true\n//h.example/:custom-host-suffix=x', 'EUNKNOWNCONFIG'],
    ['12.0.0', 'strict-npmrc=true\n//h.example/:_authToken=x\nfund=false', undefined],
    ['12.0.0', 'strict-npmrc=false\nalways-auth=true', undefined],
    ['11.21.2', 'strict-npmrc=true\nalways-auth=true', undefined],
    ['9.0.0', 'registry=gitlab.example.com/api/', 'ERR_INVALID_URL'],
    ['8.19.4', 'registry=gitlab.example.com/api/', undefined],
    ['10.0.0', 'globalconfig=~/.npmrc', 'Error'],
  ])('npm %s: %s', (version, lines, code) => {
    expect(modelOf(lines, version).stop?.code).toBe(code);
  });
});

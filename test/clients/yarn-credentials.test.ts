import { describe, expect, it } from 'vitest';
import { authorizationOf } from '../../src/domain/credential.ts';
import { key, metadata, registry, sent, yarnOf } from './yarn-world.ts';

const tarball = 'https://git.example/api/v4/projects/7/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz';

describe('which credential Yarn 1 sends', () => {
  const exact = `@acme:registry=${registry}\n${key}\n`;
  it.each([
    ['the exact key alone', exact, 'Bearer secret-a', null],
    [
      'a key above all projects',
      `${exact}//git.example/api/v4/projects/:_authToken=other\n`,
      'Bearer secret-a',
      'Bearer secret-a',
    ],
    [
      'its key without a slash',
      `${exact}//git.example/api/v4/projects:_authToken=other\n`,
      'Bearer secret-a',
      'Bearer secret-a',
    ],
    ['a password key', `${exact}//git.example/:_password=eA==\n`, 'Bearer secret-a', 'Bearer secret-a'],
    ['an _auth key', `${exact}//git.example/:_auth=eA==\n`, 'Bearer secret-a', null],
    ['an empty covering key', `${exact}//git.example/:_authToken=\n`, 'Bearer secret-a', 'Bearer secret-a'],
    [
      'the host as suffix',
      `${exact}//git.example/api/v4/packages/npm/:custom-host-suffix=git.example\n`,
      'Bearer secret-a',
      'Bearer secret-a',
    ],
    ['a suffix of another host', `${exact}custom-host-suffix=other.example\n`, 'Bearer secret-a', null],
    ['a bare suffix', `${exact}custom-host-suffix=example\n`, 'Bearer secret-a', 'Bearer secret-a'],
    ['a bare token', '_authToken=bare\n', 'Bearer bare', null],
    [
      'a bare token before an _auth of the registry',
      '_authToken=bare\n//git.example/api/v4/packages/npm/:_auth=eA==\n',
      'Bearer bare',
      null,
    ],
    ['a key with its protocol', `https:${key}\n`, 'Bearer secret-a', null],
    ['a key in upper case', key.replace('git', 'GIT'), null, null],
    ['a key without its slash', key.replace('/:', ':'), null, null],
    ['a parent key', '//git.example/api/v4/:_authToken=secret-a\n', null, null],
  ])('%s', (_, text, ofMetadata, ofTarball) => {
    const model = yarnOf({ '.npmrc': text });
    expect(sent(model, metadata)).toBe(ofMetadata);
    expect(sent(model, tarball)).toBe(ofTarball);
  });

  it('passes over keys with a port, though the suffix with a port works', () => {
    const at = (url: string) => url.replace('git.example', 'git.example:8443');
    const keys = `${at(key)}\n//git.example:8443/api/v4/projects/:_authToken=secret-a\n`;
    const suffix = `//git.example:8443/api/v4/packages/npm/:custom-host-suffix=git.example:8443\n`;
    const without = yarnOf({ '.npmrc': keys });
    expect(sent(without, at(metadata), at(registry))).toBe('Bearer secret-a');
    expect(without.credentialFor(at(tarball), at(registry))).toMatchObject({
      kind: 'none',
      nearest: [{ differs: 'prefix' }, { differs: 'prefix' }],
    });
    expect(sent(yarnOf({ '.npmrc': keys + suffix }), at(tarball), at(registry))).toBe('Bearer secret-a');
  });

  it('looks keys up with the user that the registry line names, and sends that user with metadata when no key fits', () => {
    const line = `@acme:registry=${registry.replace('//', '//someone@')}\n`;
    const basic = `Basic ${Buffer.from('someone:').toString('base64')}`;
    const other = `${line}${key}\n//git.example/api/v4/projects/:_authToken=other\n`;
    expect([metadata, tarball].map((url) => sent(yarnOf({ '.npmrc': other }), url))).toEqual([basic, null]);
    const own = `${line}${key.replace('//', '//someone@')}\n`;
    expect(sent(yarnOf({ '.npmrc': own }), metadata)).toBe('Bearer secret-a');
    const both = `${line}@tools:registry=${registry}\n${key}\n`;
    expect(sent(yarnOf({ '.npmrc': both }), metadata)).toBe('Bearer secret-a');
  });

  it('takes registry/ off the end of a path', () => {
    const from = 'https://repo.example/npm/registry/';
    const model = yarnOf({ '.npmrc': '//repo.example/npm/:_authToken=short\n' });
    expect(sent(model, `${from}@acme%2fui`, from)).toBe('Bearer short');
  });

  it.each([
    ['', null],
    ['always-auth=true\n', 'Bearer plain'],
    ['//git.example/npm/:always-auth=true\n', 'Bearer plain'],
    ['//git.example/npm/:always-auth=false\n', null],
    ['//git.example/:always-auth=true\n', null],
  ])('sends nothing for unscoped packages without always-auth: %j', (line, expected) => {
    const from = 'https://git.example/npm/';
    const model = yarnOf({ '.npmrc': `registry=${from}\n//git.example/npm/:_authToken=plain\n${line}` });
    expect(sent(model, `${from}left`, from)).toBe(expected);
  });

  it('keeps the registry’s token at home unless the other host has the same', () => {
    const elsewhere = 'https://files.example/@acme/ui/-/ui-1.0.0.tgz';
    const header = (text: string) => {
      const model = yarnOf({ '.npmrc': `${exact}//files.example/:_authToken=${text}\n` });
      const credential = model.credentialFor(elsewhere, registry);
      return [credential.kind, authorizationOf(credential, elsewhere).kind];
    };
    expect(header('secret-b')).toEqual(['token', 'none']);
    expect(header('secret-a')).toEqual(['token', 'bearer']);
  });

  it('sends nothing where a variable is empty, and says which', () => {
    const files = { '.npmrc': '//git.example/api/v4/packages/npm/:_authToken=${T}\n' };
    expect(yarnOf(files, { T: '' }).credentialFor(metadata, registry)).toMatchObject({
      kind: 'unresolved',
      variable: 'T',
      sends: null,
    });
  });

  it('has no credential for what is no URL', () => {
    expect(yarnOf({ '.npmrc': key }).credentialFor('not a url', registry)).toEqual({
      kind: 'none',
      nearest: [],
    });
  });
});

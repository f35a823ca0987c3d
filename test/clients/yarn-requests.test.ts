import { describe, expect, it } from 'vitest';
import { dependency, project, worldOf } from './client-world.ts';
import { registry, yarnOf } from './yarn-world.ts';

const tarball = 'https://git.example/api/v4/projects/7/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz';
const locked = {
  version: '1.0.0',
  tarball,
  integrity: null,
  source: { kind: 'file', path: 'yarn.lock', line: 5 },
} as const;

describe('what Yarn 1 asks', () => {
  it.each([
    ['no lockfile', {}, null, { metadata: true, tarball: null }],
    ['a lock entry', {}, locked, { metadata: false, tarball }],
    ['its hash', {}, { ...locked, tarball: `${tarball}#0a1b` }, { metadata: false, tarball }],
    ['no resolved', {}, { ...locked, tarball: null }, { metadata: true, tarball: null, byRange: true }],
    [
      'no integrity, to be added',
      { '.yarnrc': 'unsafe-disable-integrity-migration false' },
      locked,
      { metadata: true, tarball },
    ],
  ])('%s', (_, files: Record<string, string>, lock, expected) => {
    expect(yarnOf(files).asks(dependency('@acme/ui', { locked: lock }))).toEqual(expected);
  });

  it('asks for no tarball that the offline mirror has', () => {
    const list = (path: string) =>
      path === `${project}/mirror` ? [{ name: '@acme-ui-1.0.0.tgz', directory: false }] : [];
    const files = { '.yarnrc': 'yarn-offline-mirror "./mirror"' };
    const base = worldOf(files);
    const model = yarnOf(files, {}, { files: { ...base.files, list } });
    expect(model.asks(dependency('@acme/ui', { locked }))).toEqual({ metadata: false, tarball: null });
    const other = { ...locked, tarball: tarball.replace('1.0.0', '2.0.0') };
    expect(model.asks(dependency('@acme/ui', { locked: other })).tarball).not.toBeNull();
  });

  it('takes the registry of the alias for a locked alias, of the URL for a URL', () => {
    const model = yarnOf({ '.npmrc': `@acme:registry=${registry}\n@other:registry=https://o.example/\n` });
    const lender = (more: Parameters<typeof dependency>[1]) =>
      model.tarballLender?.(dependency('@acme/ui', more), registry);
    expect(lender({ alias: '@other/ui', locked })).toBe('https://o.example/');
    expect(lender({ alias: 'ui', locked })).toBeNull();
    expect(lender({ alias: '@other/ui' })).toBe(registry);
    expect(lender({ from: 'url', requested: `${registry}x.tgz` })).toBe(registry);
    expect(lender({ from: 'url', requested: 'https://z.example/@other/x.tgz' })).toBe('https://o.example/');
  });

  it('writes only the scope’s slash in another way', () => {
    const { metadataUrl } = yarnOf({});
    expect(metadataUrl('https://git.example/npm', '@acme/ui')).toBe('https://git.example/npm/@acme%2fui');
    expect(metadataUrl('https://git.example/npm/', 'left')).toBe('https://git.example/npm/left');
  });
});

describe('what ends Yarn 1', () => {
  it.each([
    ['an unset reference', { '.npmrc': 'foo=${NOPE}\n' }, '.npmrc:1'],
    [
      'one in a folder above',
      { '/.npmrc': '', '/checkout/.npmrc': '\n//x/:_authToken=a-${NOPE}\n' },
      '.npmrc:2',
    ],
    ['a .yarnrc without quotes around @', { '.yarnrc': '@acme:registry "https://x/"\n' }, '.yarnrc:1'],
    ['another client', { 'package.json': '{\n "packageManager": "pnpm@9.0.0"\n}' }, 'package.json:2'],
    [
      'a folder above for another client',
      { '/package.json': '{}', 'package.json': '{"packageManager":"yarn@4.1.0"}' },
      'package.json:1',
    ],
  ])('%s', (_, files: Record<string, string>, place) => {
    const source = yarnOf(files).stop?.source;
    expect(source?.kind === 'file' && `${source.path}:${source.line}`).toBe(place);
  });

  it.each([
    ['one that a later line replaces', { '.npmrc': 'foo=${NOPE}\nfoo=bar\n' }, {}],
    ['one behind a backslash', { '.npmrc': 'foo=\\${NOPE}\n' }, {}],
    ['one in a section', { '.npmrc': '[x]\nfoo=${NOPE}\n' }, {}],
    ['one in a key', { '.npmrc': '//${NOPE}/:_authToken=x\n' }, {}],
    ['one in a .yarnrc', { '.yarnrc': 'registry "${NOPE}"\n' }, {}],
    ['an empty variable', { '.npmrc': 'foo=${E}\n' }, { E: '' }],
    ['Yarn 1 itself', { 'package.json': '{"packageManager":"yarn@1.10.0"}' }, {}],
    ['Corepack', { 'package.json': '{"packageManager":"yarn@4.1.0"}' }, { COREPACK_ROOT: '/c' }],
    ['an unusual manifest', { 'package.json': '{"packageManager":{"name":"x"}} oops' }, {}],
  ])('is not %s', (_, files: Record<string, string>, env: Record<string, string>) => {
    expect(yarnOf(files, env).stop).toBeNull();
  });

  it.each([
    ['1.22.19', 'none'],
    ['1.22.20', 'stops'],
    ['1.22.21', 'stops'],
  ])('looks at packageManager from 1.22.20 on: %s', (version, expected) => {
    const files = { 'package.json': '{"packageManager":"yarn@4.1.0"}' };
    expect(yarnOf(files, {}, {}, version).stop === null).toBe(expected === 'none');
    const skipped = yarnOf(files, { SKIP_YARN_COREPACK_CHECK: '1' }, {}, version).stop;
    expect(skipped === null).toBe(version !== '1.22.20');
  });
});

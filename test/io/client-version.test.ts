import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findClient } from '../../src/io/client-version.ts';
import { defaultGlobalConfig, defaultRegistry } from '../../src/io/npm-prefix.ts';
import type { SearchPlace } from '../../src/io/search-path.ts';
import { emptyFolder } from './support/folder.ts';

const posix = process.platform !== 'win32';
const never = async () => {
  throw new Error('nothing should be run');
};

function put(path: string, text: string, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

function place(path: readonly string[], env: Record<string, string> = {}): SearchPlace {
  return { env: { PATH: path.join(':'), ...env }, platform: 'posix', directory: path[0] ?? '.' };
}

/** A prefix with an npm as Node's archives have it. */
function prefixWithNpm(version = '11.2.3'): string {
  const prefix = emptyFolder();
  const folder = join(prefix, 'lib', 'node_modules', 'npm');
  put(join(folder, 'package.json'), JSON.stringify({ name: 'npm', version }));
  put(join(folder, 'bin', 'npm-cli.js'), '', 0o755);
  put(join(prefix, 'bin', 'node'), '', 0o755);
  symlinkSync(join('..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'), join(prefix, 'bin', 'npm'));
  return prefix;
}

describe.skipIf(!posix)('an installed npm', () => {
  test('is found along the path and its link, without running anything', async () => {
    const prefix = prefixWithNpm();
    const found = await findClient('npm', place([emptyFolder(), join(prefix, 'bin')]), never);
    expect(found).toEqual({
      name: 'npm',
      version: '11.2.3',
      command: join(prefix, 'bin', 'npm'),
      folder: join(prefix, 'lib', 'node_modules', 'npm'),
    });
  });

  test('first on the path wins; what can not be run does not count', async () => {
    const [one, two] = [prefixWithNpm('8.0.0'), prefixWithNpm('9.0.0')];
    const decoy = emptyFolder();
    put(join(decoy, 'npm'), '', 0o644);
    mkdirSync(join(two, 'npm'));
    const found = await findClient('npm', place([decoy, two, join(one, 'bin'), join(two, 'bin')]), never);
    expect(found?.version).toBe('8.0.0');
  });

  test("a relative entry of the path starts from the job's folder", async () => {
    const prefix = prefixWithNpm('7.0.0');
    const where: SearchPlace = { env: { PATH: 'bin' }, platform: 'posix', directory: prefix };
    expect((await findClient('npm', where, never))?.version).toBe('7.0.0');
  });

  test('none is null', async () => {
    expect(await findClient('npm', place([emptyFolder()]), never)).toBeNull();
    expect(
      await findClient('npm', { env: {}, platform: 'posix', directory: emptyFolder() }, never),
    ).toBeNull();
  });

  test.each([
    '{',
    'null',
    '[]',
    '{"name":"npm"}',
    '{"name":"npm","version":5}',
    '{"name":"npm","version":"new"}',
    '{"name":"other","version":"1.0.0"}',
  ])('with a package.json %s is asked itself', async (manifest) => {
    const prefix = prefixWithNpm();
    put(join(prefix, 'lib', 'node_modules', 'npm', 'package.json'), manifest);
    const found = await findClient('npm', place([join(prefix, 'bin')]), async () => '10.0.1\n');
    expect(found).toMatchObject({ version: '10.0.1', folder: null });
  });

  test.each([null, '', 'error', '1.x', 'v'])('that answers %j is none', async (answer) => {
    const folder = emptyFolder();
    put(join(folder, 'npm'), '', 0o755);
    expect(await findClient('npm', place([folder]), async () => answer)).toBeNull();
  });

  test("really runs a shim, without the job's credentials", async () => {
    const folder = emptyFolder();
    put(join(folder, 'npm'), '#!/bin/sh\necho "warning" >&2\necho "9.9.$(env | grep -c TOKEN)"\n', 0o755);
    const where = place([folder, ...(process.env.PATH ?? '').split(delimiter)], {
      CI_JOB_TOKEN: 'secret-token',
    });
    expect((await findClient('npm', where))?.version).toBe('9.9.0');
  });

  test('a program is asked for its own version, not to fetch the one that the project names', async () => {
    const folder = emptyFolder();
    const says = '$npm_config_manage_package_manager_versions $npm_config_package_manager_strict';
    put(
      join(folder, 'pnpm'),
      `#!/bin/sh\n[ "${says} $pnpm_config_pm_on_fail" = "false false ignore" ] && echo 12.21.0\n`,
      0o755,
    );
    expect((await findClient('pnpm', place([folder])))?.version).toBe('12.21.0');
  });

  test('a shim that fails is none', async () => {
    const folder = emptyFolder();
    put(join(folder, 'npm'), '#!/bin/sh\necho 1.2.3\nexit 1\n', 0o755);
    expect(await findClient('npm', place([folder, '/usr/bin', '/bin']))).toBeNull();
  });
});

test.skipIf(!posix)('Yarn 1 and Yarn 2+ share a command and are told apart', async () => {
  const folder = emptyFolder();
  put(join(folder, 'yarn'), '', 0o755);
  const say = (version: string) => async () => version;
  expect((await findClient('yarn', place([folder]), say('1.22.22')))?.version).toBe('1.22.22');
  expect(await findClient('yarn', place([folder]), say('4.9.1'))).toBeNull();
  expect((await findClient('yarn-berry', place([folder]), say('4.9.1')))?.version).toBe('4.9.1');
});

test('on Windows npm.cmd stands beside its package, or below the prefix that its own npmrc names', async () => {
  const [node, roaming] = [emptyFolder(), emptyFolder()];
  put(join(node, 'npm.cmd'), '');
  put(join(node, 'node.exe'), '');
  put(join(node, 'node_modules', 'npm', 'package.json'), '{"name":"npm","version":"10.8.2"}');
  const where: SearchPlace = {
    env: { Path: `"${node}"`, PathExt: '.COM;.EXE;.CMD', APPDATA: roaming },
    platform: 'win32',
    directory: node,
  };
  expect(await findClient('npm', where, never)).toMatchObject({ version: '10.8.2' });
  put(join(node, 'node_modules', 'npm', 'npmrc'), 'prefix=${APPDATA}/npm\n');
  put(join(roaming, 'npm', 'node_modules', 'npm', 'package.json'), '{"name":"npm","version":"11.1.0"}');
  const found = await findClient('npm', where, never);
  expect(found).toMatchObject({ version: '11.1.0' });
  const installation = {
    place: where,
    command: join(node, 'npm.cmd'),
    folder: join(node, 'node_modules', 'npm'),
  };
  expect(defaultGlobalConfig(installation)).toBe(join(roaming, 'npm', 'etc', 'npmrc'));
  expect(defaultGlobalConfig({ ...installation, folder: null })).toBe(join(node, 'etc', 'npmrc'));
});

describe.skipIf(!posix)('the global configuration file', () => {
  const fileFor = (prefix: string, env: Record<string, string> = {}) =>
    defaultGlobalConfig({
      place: place([join(prefix, 'bin')], env),
      command: join(prefix, 'bin', 'npm'),
      folder: join(prefix, 'lib', 'node_modules', 'npm'),
    });

  test('lies below the prefix of node', () => {
    const prefix = prefixWithNpm();
    expect(fileFor(prefix)).toBe(join(prefix, 'etc', 'npmrc'));
  });

  test.each([
    [{ PREFIX: '/p' }, '/p/etc/npmrc'],
    [{ npm_config_prefix: '/q', PREFIX: '/p' }, '/q/etc/npmrc'],
    [{ NPM_CONFIG_PREFIX: '/q' }, '/q/etc/npmrc'],
  ])('with %o', (env, expected) => {
    expect(fileFor(prefixWithNpm(), env)).toBe(expected);
  });

  test('DESTDIR comes before the prefix', () => {
    const prefix = prefixWithNpm();
    expect(fileFor(prefix, { DESTDIR: '/d' })).toBe(join('/d', prefix, 'etc', 'npmrc'));
  });

  test('is unknown without node', () => {
    const folder = emptyFolder();
    expect(
      defaultGlobalConfig({ place: place([folder]), command: join(folder, 'npm'), folder: null }),
    ).toBeNull();
  });
});

describe('the default registry of an installed npm', () => {
  const url = 'https://registry.public.example/';
  test.each([
    [
      '9 and later',
      'node_modules/@npmcli/config/lib/definitions/definitions.js',
      `x: 1,\n  registry: new Definition('registry', {\n    default: '${url}',\n    type: url,`,
    ],
    [
      '7 and 8',
      'lib/utils/config/definitions.js',
      `define('registry', {\n  default: '${url}',\n  type: url,`,
    ],
    ['6', 'lib/config/defaults.js', `'read-only': false,\n    registry: '${url}',\n    rollback: true,`],
  ])('%s', (_, path, text) => {
    const folder = emptyFolder();
    put(join(folder, ...path.split('/')), text);
    expect(defaultRegistry(folder)).toBe(url);
  });

  test.each([
    '',
    "define('registry', { default: null })",
    "define('replace-registry-host', {\n  default: 'https://x.example/' })",
  ])('is null when %j is all there is', (text) => {
    const folder = emptyFolder();
    put(join(folder, 'lib', 'utils', 'config', 'definitions.js'), text);
    expect(defaultRegistry(folder)).toBeNull();
  });

  test('is null when nothing is there', () => {
    expect(defaultRegistry(emptyFolder())).toBeNull();
  });
});

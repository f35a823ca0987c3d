import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { installRuntimes, type NodeMajor } from '../support/runtimes.ts';
import { dist } from './programs.ts';

const root = dirname(dist);
const script = pathToFileURL(join(root, 'scripts', 'bundle.mjs')).href;

/** Digests of everything that a Node makes of the sources, by file name. */
async function builtBy(node: string): Promise<Readonly<Record<string, string>>> {
  const program = `
    import { createHash } from 'node:crypto';
    const { bundle } = await import(${JSON.stringify(script)});
    const digests = Object.entries(await bundle()).map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]);
    console.log(JSON.stringify(Object.fromEntries(digests)));`;
  const { stdout } = await promisify(execFile)(node, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}

test('the bundle has the same bytes on Node 20 and on Node 24', async () => {
  const runtimes = await installRuntimes();
  const [old, recent] = await Promise.all(
    ([20, 24] as const).map((major: NodeMajor) => builtBy(runtimes.node(major))),
  );
  expect(Object.keys(old ?? {})).toContain('index.js');
  expect(recent).toEqual(old);
});

/** One package of a lockfile. */
interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
  /** It comes inside the archive of another package. */
  inBundle?: boolean;
}

function locked(lockfile: string): readonly (readonly [path: string, Locked])[] {
  const { packages } = JSON.parse(readFileSync(join(root, lockfile), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && !inBundle);
}

describe.each(['package-lock.json', 'test/runtimes/package-lock.json'])('%s', (lockfile) => {
  const packages = locked(lockfile);

  test('names the bytes of every package, and no host', () => {
    expect(packages.length).toBeGreaterThan(10);
    const without = packages.filter(
      ([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
    );
    expect(without.map(([path]) => path)).toEqual([]);
    expect(
      packages.filter(([, { resolved, link }]) => resolved !== undefined || link).map(([path]) => path),
    ).toEqual([]);
  });
});

test('nothing runs at the install but what builds the bundle', () => {
  const scripts = locked('package-lock.json').filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripts.map(([path, { dev }]) => `${path}${dev ? '' : ' at run time'}`)).toEqual([
    'node_modules/esbuild',
  ]);
  const { allowScripts, dependencies, optionalDependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, Readonly<Record<string, unknown>> | undefined>;
  expect(allowScripts).toEqual({ esbuild: true });
  expect([dependencies, optionalDependencies]).toEqual([undefined, undefined]);
  const ranges = Object.entries(devDependencies ?? {}).filter(
    ([, range]) => !/^\d+\.\d+\.\d+$/.test(String(range)),
  );
  expect(ranges).toEqual([]);
});

describe('what is in the bundle', () => {
  let sections: readonly { name: string; version: string; license: string; text: string }[];
  beforeAll(async () => {
    const { bundle } = (await import(/* @vite-ignore */ script)) as {
      bundle(): Promise<Record<string, string>>;
    };
    const texts = (await bundle())['licenses.txt'] ?? '';
    sections = texts.split(`\n${'-'.repeat(72)}\n\n`).map((section) => {
      const [, name = '', version = '', license = '', text = ''] =
        /^(\S+) (\S+) \(([^)]+)\)\n\n([\s\S]*)$/.exec(section) ?? [];
      return { name, version, license, text };
    });
  });

  test('comes under licences that allow it, each with its whole text', () => {
    expect(sections.length).toBeGreaterThan(3);
    const allowed = /^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Python-2\.0)$/;
    expect(sections.filter(({ name, license }) => name === '' || !allowed.test(license))).toEqual([]);
    const short = sections.filter(({ text }) => text.trim().length < 300);
    expect(short.map(({ name }) => name)).toEqual([]);
  });

  test('is locked at the version that is named, and ran nothing at its install', () => {
    const packages = locked('package-lock.json');
    for (const { name, version } of sections) {
      const found = packages.filter(
        ([path, one]) => path.endsWith(`node_modules/${name}`) && one.version === version,
      );
      expect(found.length, `${name} ${version}`).toBeGreaterThan(0);
      for (const [path] of found) {
        const { scripts = {} } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
          scripts?: Readonly<Record<string, string>>;
        };
        const atInstall = Object.keys(scripts).filter((key) => /^(?:pre|post)?install$/.test(key));
        expect(atInstall, path).toEqual([]);
        expect(readdirSync(join(root, path)), path).not.toContain('binding.gyp');
      }
    }
  });
});

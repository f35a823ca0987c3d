import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { dist } from './programs.ts';

const root = dirname(dist);
/** What was reached, in bytes: whoever goes beyond it says why. The template, which carries the one file packed, stays below the 1 MB that GitLab before 17.3 takes. */
const limits = { 'preflight.js': 300_000, 'npmrc-preflight.cjs': 950_000 };

/** What scripts/bundle.mjs makes: texts by file name. */
async function build(): Promise<Readonly<Record<string, string>>> {
  const script = pathToFileURL(join(root, 'scripts', 'bundle.mjs')).href;
  const { bundle } = (await import(script)) as { bundle(): Promise<Record<string, string>> };
  return bundle();
}

describe('dist', () => {
  let fresh: Readonly<Record<string, string>>;
  beforeAll(async () => {
    fresh = await build();
  });

  it('is what the sources make', () => {
    const there = Object.fromEntries(
      fs.readdirSync(dist).map((name) => [name, fs.readFileSync(join(dist, name), 'utf8')]),
    );
    const names = [...new Set([...Object.keys(there), ...Object.keys(fresh)])].sort();
    const stale = names.filter((name) => there[name] !== fresh[name]);
    expect(stale, 'dist is not what the sources make: run "npm run build" and commit it').toEqual([]);
  });

  it('comes out the same twice', async () => {
    const again = await build();
    expect(Object.keys(again)).toEqual(Object.keys(fresh));
    expect(Object.keys(again).filter((name) => again[name] !== fresh[name])).toEqual([]);
  });

  it('is ASCII in its programs and names no folder of this machine', () => {
    const programs = Object.entries(fresh).filter(([name]) => /\.c?js$/.test(name));
    expect(programs.map(([name]) => name)).toContain('index.js');
    for (const [name, text] of programs) {
      expect(
        Buffer.from(text, 'utf8').findIndex((byte) => byte > 0x7e),
        `${name}: position`,
      ).toBe(-1);
    }
    for (const [name, text] of Object.entries(fresh)) {
      expect(text.includes(root) || text.includes(JSON.stringify(root).slice(1, -1)), name).toBe(false);
    }
  });

  it.each(Object.entries(limits))('%s has at most %i bytes', (name, limit) => {
    expect(Buffer.byteLength(fresh[name] ?? '')).toBeLessThanOrEqual(limit);
  });

  it('names every package inside it with its licence', async () => {
    const licences = fresh['licenses.txt'] ?? '';
    const packages = await bundledPackages();
    expect(packages.length).toBeGreaterThan(3);
    for (const { name, version } of packages) expect(licences).toContain(`${name} ${version}`);
  });
});

/** The packages of node_modules that esbuild puts into either program, found by a build of our own. */
async function bundledPackages(): Promise<readonly { name: string; version: string }[]> {
  const { build: esbuild } = await import('esbuild');
  const script = pathToFileURL(join(root, 'scripts', 'lean-modules.mjs')).href;
  const { leanModules } = (await import(script)) as { leanModules: import('esbuild').Plugin };
  const { metafile } = await esbuild({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', 'src/demo/embedded.ts'],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    plugins: [leanModules],
    logLevel: 'silent',
  });
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((path) => {
      const found = /^(?:[\w-]+:)?(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path);
      return found?.[1] ? [found[1]] : [];
    }),
  );
  return [...folders].map((folder) => {
    const { name, version } = JSON.parse(fs.readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
    };
    return { name, version };
  });
}

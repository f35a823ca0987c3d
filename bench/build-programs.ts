import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** Paths of the programs that a bench starts as processes of their own. */
export interface BenchPrograms {
  registry: string;
  floor: string;
}

/** Builds them into a folder, the floor as small as the program itself is. */
export async function buildPrograms(root: string, folder: string): Promise<BenchPrograms> {
  const script = pathToFileURL(join(root, 'scripts', 'lean-modules.mjs')).href;
  const { leanModules } = (await import(script)) as { leanModules: Plugin };
  const entries = { registry: 'bench/registry.ts', floor: 'bench/floor.ts' };
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins: [leanModules],
    logLevel: 'warning',
  });
  return { registry: join(folder, 'registry.cjs'), floor: join(folder, 'floor.cjs') };
}

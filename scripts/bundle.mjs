import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packedCausePages } from './cause-pages.mjs';
import { leanModules } from './lean-modules.mjs';
import { licenceTexts } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Everything that dist/ holds, by file name. Pure ASCII, no time and no path of the machine in it.
 * @returns {Promise<Record<string, string>>}
 */
export async function bundle() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/index.js',
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20.18',
    format: 'cjs',
    charset: 'ascii',
    legalComments: 'none',
    banner: { js: '#!/usr/bin/env node' },
    define: {
      VERSION: JSON.stringify(manifest.version),
      CAUSE_PAGES: JSON.stringify(await packedCausePages()),
    },
    plugins: [leanModules],
  });
  return {
    'index.js': result.outputFiles[0].text,
    'package.json': '{ "type": "commonjs" }\n',
    'licenses.txt': await licenceTexts(Object.keys(result.metafile.inputs), root),
  };
}

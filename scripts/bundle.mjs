import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { causePages } from './cause-pages.mjs';
import { leanModules } from './lean-modules.mjs';
import { licenceTexts } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Everything that dist/ holds, by file name: the program, and beside it its start as the action's `post`, the demonstration and the pages of `explain`. Pure ASCII, no time and no path of the machine in it.
 * @returns {Promise<Record<string, string>>}
 */
export async function bundle() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const shared = {
    absWorkingDir: root,
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
    plugins: [leanModules],
  };
  const program = await build({
    ...shared,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/index.js',
    // asked for its version, the program loads nothing
    banner: {
      js: `#!/usr/bin/env node\nif (process.argv.length === 3 && process.argv[2] === '--version') return void console.log('${manifest.version}');`,
    },
    define: { VERSION: JSON.stringify(manifest.version) },
  });
  const demo = await build({ ...shared, entryPoints: ['src/demo/embedded.ts'], outfile: 'dist/demo.js' });
  const inputs = [program, demo].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  return {
    'index.js': program.outputFiles[0].text,
    // by the name of this file the program knows that the job is over: see src/action/phase.ts
    'post.js': "require('./index.js');\n",
    'demo.js': demo.outputFiles[0].text,
    'cause-pages.json': `${JSON.stringify(await causePages())}\n`,
    'package.json': '{ "type": "commonjs" }\n',
    'licenses.txt': await licenceTexts(inputs, root),
  };
}

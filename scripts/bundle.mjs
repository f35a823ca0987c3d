import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { causePages } from './cause-pages.mjs';
import { leanModules, librariesBeside } from './lean-modules.mjs';
import { licenceTexts } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

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

/**
 * Everything that dist/ holds, by file name: the program in parts, of which a run loads what it needs; the program in one file, to be carried elsewhere; and beside
 * them the start as the action's `post` and the pages of `explain`. Pure ASCII, no time and no path of the machine in it.
 * @returns {Promise<Record<string, string>>}
 */
export async function bundle() {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const program = await programParts(version);
  const libraries = await build({
    ...shared,
    entryPoints: ['scripts/libraries.cjs'],
    outfile: 'libraries.js',
  });
  // every range but the usual ones needs it, and libraries.js would be five times as much
  const semver = await build({
    ...shared,
    stdin: { contents: "module.exports = require('semver');", resolveDir: root },
  });
  const inputs = [program, libraries, semver].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  // asked for its version, the program loads nothing
  const start = `#!/usr/bin/env node\nif (process.argv.length === 3 && process.argv[2] === '--version') return void console.log('${version}');\n`;
  return {
    'index.js': `${start}${wholeness}require('./preflight.js');\n`,
    ...program.files,
    'npmrc-preflight.cjs': await oneFile(version, start),
    'libraries.js': libraries.outputFiles[0].text,
    'semver.js': semver.outputFiles[0].text,
    // by the name of this file the program knows that the job is over: see src/action/phase.ts
    'post.js': "require('./preflight.js');\n",
    'cause-pages.json': `${JSON.stringify(await causePages())}\n`,
    'package.json': '{ "type": "commonjs" }\n',
    'licenses.txt': await licenceTexts(inputs, root),
  };
}

/** Whoever took index.js alone is told so. */
const wholeness = `try {
  require.resolve('./preflight.js');
} catch {
  console.error('error: preflight.js is not beside index.js: the folder dist belongs together, and npmrc-preflight.cjs in it is the whole program in one file');
  process.exit(2);
}
`;

/** The whole program but for its demonstration. */
async function oneFile(version, start) {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ['src/main.ts'],
    outfile: 'npmrc-preflight.cjs',
    banner: { js: start.trimEnd() },
    define: { VERSION: JSON.stringify(version) },
    plugins: [withoutDemonstration, leanModules],
  });
  return outputFiles[0].text;
}

const withoutDemonstration = {
  name: 'without-demonstration',
  setup(build) {
    build.onLoad({ filter: /[\\/]demo[\\/]embedded\.ts$/ }, () => ({
      contents: "throw new Error('the demonstration is not in this file')",
    }));
  },
};

/**
 * The program in parts: `preflight.js`, which every run loads, a part for each `import()` of the sources, named like its module, and `shared-N.js`, what only several
 * parts need. esbuild divides ES modules alone, so that they are divided first, and each part is made a CommonJS module then.
 */
async function programParts(version) {
  const divided = await build({
    ...shared,
    format: 'esm',
    splitting: true,
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    plugins: [librariesBeside, leanModules],
    define: { VERSION: JSON.stringify(version) },
  });
  const texts = new Map(divided.outputFiles.map(({ path, text }) => [basename(path), text]));
  const outputs = new Map(
    Object.entries(divided.metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  const always = keptTogether(outputs);
  const names = partNames(outputs, always);
  const files = {};
  for (const [output, name] of [...names].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
    files[name] = await commonJs(sourceOf(output, always), {
      texts,
      names,
      always: output === 'main.js' ? [] : always,
    });
  }
  return { files, metafile: divided.metafile };
}

/** What goes into `preflight.js`: all that main.ts imports at once, and the little that several parts have in common beyond that. */
function keptTogether(outputs) {
  const always = staticallyReached('main.js', outputs);
  const isSmall = (output) => !outputs.get(output).entryPoint && outputs.get(output).bytes < 1500;
  const little = [...outputs.keys()].filter((output) =>
    staticallyReached(output, outputs).every((one) => always.includes(one) || isSmall(one)),
  );
  return [...new Set([...always, ...little])];
}

/** An output and all that it imports at once. */
function staticallyReached(output, outputs, seen = []) {
  if (seen.includes(output)) return seen;
  const next = outputs
    .get(output)
    .imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
  return next.reduce(
    (reached, { path }) => staticallyReached(basename(path), outputs, reached),
    [...seen, output],
  );
}

/** The file name of each output that becomes a file of its own. */
function partNames(outputs, always) {
  let several = 0;
  const rest = [...outputs.keys()].filter((output) => !always.includes(output));
  const names = rest.map((output) => {
    const { entryPoint } = outputs.get(output);
    return [output, entryPoint ? basename(entryPoint).replace('.ts', '.js') : `shared-${++several}.js`];
  });
  const twice = names.find(([output, name]) =>
    names.some(([one, other]) => one !== output && other === name),
  );
  if (twice) throw new Error(`two parts of the program would be named ${twice[1]}`);
  return new Map([['main.js', 'preflight.js'], ...names]);
}

/** `preflight.js` gives the other parts what they have in common with it. */
function sourceOf(output, always) {
  if (output !== 'main.js') return `export * from './${output}';`;
  const given = always.map((one, index) =>
    one === 'main.js' ? '' : `export * as given${index} from './${one}';`,
  );
  return `import './main.js';${given.join('')}`;
}

async function commonJs(contents, { texts, names, always }) {
  const parts = {
    name: 'parts',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, kind, importer }) => {
        const output = basename(path);
        if (always.includes(output) && output !== 'main.js')
          return { path: String(always.indexOf(output)), namespace: 'given' };
        const name = names.get(output);
        const isOwn = importer === '<stdin>' || name === undefined;
        return isOwn && kind !== 'dynamic-import' && texts.has(output)
          ? { path: output, namespace: 'part' }
          : { path: `./${name ?? output}`, external: true };
      });
      build.onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({ contents: texts.get(path) }));
      build.onLoad({ filter: /./, namespace: 'given' }, ({ path }) => ({
        contents: `module.exports = require('./preflight.js').given${path};`,
      }));
    },
  };
  const { outputFiles } = await build({
    ...shared,
    metafile: false,
    // a part is read like any module of CommonJS
    supported: { 'dynamic-import': false },
    stdin: { contents, resolveDir: root },
    plugins: [parts],
  });
  return outputFiles[0].text;
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Parts of the libraries that this program never reaches, each with the reason. They are replaced by an object that says so when
 * it is used after all; the bundle's own tests would then fail.
 */
const unreached = [
  {
    filter: /npm-install-checks[/]lib[/](current-env|dev-engines)\.js$/,
    why: 'only the engines of a version are compared',
  },
];

/** The functions of semver that anything in the bundle uses; the rest of the package stays out. */
export const usedOfSemver = {
  clean: 'functions/clean',
  coerce: 'functions/coerce',
  compareBuild: 'functions/compare-build',
  gt: 'functions/gt',
  gte: 'functions/gte',
  intersects: 'ranges/intersects',
  lt: 'functions/lt',
  lte: 'functions/lte',
  major: 'functions/major',
  maxSatisfying: 'ranges/max-satisfying',
  minVersion: 'ranges/min-version',
  parse: 'functions/parse',
  rcompare: 'functions/rcompare',
  rsort: 'functions/rsort',
  satisfies: 'functions/satisfies',
  valid: 'functions/valid',
  validRange: 'ranges/valid',
};

/** What our own sources call of modules that many runs do without, which are loaded at the first call; `default`: the module itself. */
export const usedLater = {
  'node:crypto': ['createHash', 'randomBytes', 'randomUUID'],
  'node:util': ['parseArgs'],
  'npm-package-arg': ['default', 'resolve'],
  'npm-pick-manifest': ['default'],
  picomatch: ['default', 'isMatch', 'scan'],
};

/** The folder of the packages that a folder's modules get. */
function nearestModules(folder) {
  const found = join(folder, 'node_modules');
  return existsSync(join(found, 'js-yaml')) ? found : nearestModules(dirname(folder));
}

/** A module of functions that are loaded when they are first called. `functions`: by name, what loads each. */
function laterModule({ default: own, ...functions }) {
  const named = Object.entries(functions).map(([name, load]) => [name, `(...given) => ${load}(...given)`]);
  const whole = own === undefined ? '{}' : `(...given) => ${own}(...given)`;
  return [
    ...named.map(([name, call]) => `export const ${name} = ${call};`),
    `export default Object.assign(${whole}, { ${named.map(([name]) => name).join(', ')} });`,
  ].join('\n');
}

/** Modules of others, and the file that brings some of them together. */
function isLibrary(importer) {
  return /[\\/]node_modules[\\/]|[\\/]libraries\.cjs$/.test(importer);
}

/** What the sources use of libraries that are read when something of them is first used; a test holds it to the sources. */
export const usedBeside = {
  'js-yaml': ['FAILSAFE_SCHEMA', 'YAMLException', 'load'],
  'smol-toml': ['TomlError', 'parse'],
};

/** Leaves semver.js and libraries.js, the files beside the program, where they are: a run that needs them reads them. */
export const librariesBeside = {
  name: 'libraries-beside',
  setup(build) {
    const filter = new RegExp(`^(?:${Object.keys(usedBeside).join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'beside' }));
    build.onResolve({ filter: /^semver$/ }, ({ path }) => ({ path, namespace: 'semver-beside' }));
    build.onResolve({ filter: /^(?:npm-package-arg|npm-pick-manifest|picomatch)$/ }, ({ path, namespace }) =>
      namespace === 'later' ? { path, namespace: 'library' } : null,
    );
    build.onResolve({ filter: /^\.\/(?:libraries|semver)\.js$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: 'beside' }, ({ path }) => ({
      contents: `Object.defineProperties(exports, {
        ${usedBeside[path].map((name) => `${name}: { enumerable: true, get: () => require('./libraries.js')['${path}'].${name} }`).join(', ')}
      });`,
    }));
    build.onLoad({ filter: /./, namespace: 'semver-beside' }, () => ({
      contents: laterModule(
        Object.fromEntries(Object.keys(usedOfSemver).map((name) => [name, `require('./semver.js').${name}`])),
      ),
    }));
    build.onLoad({ filter: /./, namespace: 'library' }, ({ path }) => ({
      contents: `module.exports = require('./libraries.js')['${path}'];`,
    }));
  },
};

/** Keeps the bundle small: nothing that is never reached, a plain map for a cache of one run. */
export const leanModules = {
  name: 'lean-modules',
  setup(build) {
    for (const { filter, why } of unreached) {
      const text = JSON.stringify(`left out of the bundle: ${why}`);
      build.onLoad({ filter }, ({ path }) => ({
        contents: `const stop = () => { throw new Error(${text}); };\nmodule.exports = new Proxy(stop, { get: () => stop });`,
        resolveDir: dirname(path),
      }));
    }
    build.onResolve(
      { filter: new RegExp(`^(?:${Object.keys(usedLater).join('|')})$`) },
      ({ path, importer, namespace, resolveDir }) =>
        namespace === 'later' || isLibrary(importer)
          ? null
          : { path, namespace: 'later', pluginData: resolveDir },
    );
    build.onLoad({ filter: /./, namespace: 'later' }, ({ path, pluginData }) => ({
      contents: `let held;
        const loaded = () => (held ??= require('${path}'));
        ${laterModule(
          Object.fromEntries(
            usedLater[path].map((name) => [name, name === 'default' ? 'loaded()' : `loaded().${name}`]),
          ),
        )}`,
      resolveDir: pluginData,
    }));
    // YAML is only read here, and not by every run
    build.onResolve({ filter: /^js-yaml$/ }, ({ resolveDir }) => ({
      path: join(nearestModules(resolveDir), 'js-yaml', 'index.js'),
    }));
    build.onLoad({ filter: /[\\/]js-yaml[\\/]index\.js$/ }, ({ path }) => ({
      contents: `Object.defineProperties(exports, {
        load: { enumerable: true, get: () => require('./lib/loader').load },
        FAILSAFE_SCHEMA: { enumerable: true, get: () => require('./lib/schema/failsafe') },
        YAMLException: { enumerable: true, get: () => require('./lib/exception') },
      });`,
      resolveDir: dirname(path),
    }));
    build.onLoad({ filter: /[\\/]proc-log[\\/]lib[\\/]index\.js$/ }, () => ({
      contents: 'const quiet = () => {}; exports.log = new Proxy({}, { get: () => quiet });',
    }));
    build.onLoad({ filter: /[\\/]semver[\\/]index\.js$/ }, ({ path }) => ({
      contents: laterModule(
        Object.fromEntries(
          Object.entries(usedOfSemver).map(([name, file]) => [name, `require('./${file}')`]),
        ),
      ),
      resolveDir: dirname(path),
    }));
    // package URLs are never made, so the registry they would leave out is not named either
    build.onLoad({ filter: /[\\/]npm-package-arg[\\/]lib[\\/]npa\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        /^const defaultRegistry = .*$/m,
        "const defaultRegistry = ''",
      ),
      resolveDir: dirname(path),
    }));
    build.onLoad({ filter: /[\\/]lru-cache[\\/].*\.js$/ }, () => ({
      contents: 'exports.LRUCache = class extends Map { constructor() { super(); } };',
    }));
  },
};

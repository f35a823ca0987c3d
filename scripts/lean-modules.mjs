import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/**
 * Parts of the libraries that this program never reaches, each with the reason. They are replaced by an object that says so when
 * it is used after all; the bundle's own tests would then fail.
 */
const unreached = [
  { filter: /undici[\\/]lib[\\/]web[\\/]fetch[\\/]body\.js$/, why: 'only requests without a body are sent' },
  { filter: /undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/, why: 'HTTP/2 is not offered to servers' },
];

/** Keeps the bundle small: the HTTP parser once and compressed, nothing that is never reached, a plain map for a cache of one run. */
export const leanModules = {
  name: 'lean-modules',
  setup(build) {
    build.onResolve({ filter: /llhttp_simd-wasm/ }, ({ importer }) => ({
      path: join(dirname(importer), '../llhttp/llhttp-wasm.js'),
    }));
    build.onLoad({ filter: /llhttp-wasm\.js$/ }, async ({ path }) => {
      const encoded = (await readFile(path, 'utf8')).match(/Buffer\.from\('([^']+)', 'base64'\)/)?.[1];
      if (!encoded) throw new Error(`${path} has another form than expected`);
      const packed = brotliCompressSync(Buffer.from(encoded, 'base64')).toString('base64');
      return {
        contents: `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed}', 'base64'));`,
      };
    });
    for (const { filter, why } of unreached) {
      build.onLoad({ filter }, ({ path }) => ({
        contents: `module.exports = new Proxy(function () {}, { get() { throw new Error(${JSON.stringify(`left out of the bundle: ${why}`)}) } });`,
        resolveDir: dirname(path),
      }));
    }
    build.onLoad({ filter: /[\\/]lru-cache[\\/].*\.js$/ }, () => ({
      contents: 'exports.LRUCache = class extends Map { constructor() { super(); } };',
    }));
  },
};

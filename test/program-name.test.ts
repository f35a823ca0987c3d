import { expect, it } from 'vitest';
import { programName } from '../src/command-line/program-name.ts';

it.each([
  [
    '/builds/acme/shop/node_modules/.bin/npmrc-preflight',
    'node_modules/.bin/npmrc-preflight',
    'npx npmrc-preflight',
  ],
  ['/home/me/.npm/_npx/0a1b/node_modules/.bin/npmrc-preflight', null, 'npx npmrc-preflight'],
  ['C:\\shop\\node_modules\\npmrc-preflight\\dist\\index.js', null, 'npx npmrc-preflight'],
  ['/usr/local/bin/npmrc-preflight', null, 'npmrc-preflight'],
  ['/src/npmrc-preflight/dist/index.js', 'dist/index.js', 'node dist/index.js'],
  ['/src/npmrc-preflight/dist/index.js', null, 'node dist/index.js'],
  ['/builds/acme/shop/ci/npmrc-preflight.cjs', 'ci/npmrc-preflight.cjs', 'node ci/npmrc-preflight.cjs'],
  ['/builds/acme/shop/my ci/it.cjs', 'my ci/it.cjs', 'node dist/index.js'],
  ['/src/node_modules/npmrc-preflight-of-others/dist/index.js', null, 'node dist/index.js'],
  [undefined, null, 'node dist/index.js'],
])('%j, below the current folder %j, is called %j', (path, below, name) => {
  expect(programName(path, below)).toBe(name);
});

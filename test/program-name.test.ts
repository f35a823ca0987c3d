import { expect, it } from 'vitest';
import { programName } from '../src/command-line/program-name.ts';

it.each([
  ['/builds/acme/shop/node_modules/.bin/npmrc-preflight', 'npx npmrc-preflight'],
  ['/home/me/.npm/_npx/0a1b/node_modules/.bin/npmrc-preflight', 'npx npmrc-preflight'],
  ['C:\\shop\\node_modules\\npmrc-preflight\\dist\\index.js', 'npx npmrc-preflight'],
  ['/usr/local/bin/npmrc-preflight', 'npmrc-preflight'],
  ['/src/npmrc-preflight/dist/index.js', 'node dist/index.js'],
  ['/builds/acme/shop/ci/npmrc-preflight.cjs', 'node dist/index.js'],
  ['/src/node_modules/npmrc-preflight-of-others/dist/index.js', 'node dist/index.js'],
  [undefined, 'node dist/index.js'],
])('%j is called %j', (path, name) => {
  expect(programName(path)).toBe(name);
});

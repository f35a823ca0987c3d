#!/usr/bin/env node
if (process.argv.length === 3 && process.argv[2] === '--version') return void console.log('0.1.0');
try {
  require.resolve('./preflight.js');
} catch {
  console.error('error: preflight.js is not beside index.js: the folder dist belongs together, and npmrc-preflight.cjs in it is the whole program in one file');
  process.exit(2);
}
require('./preflight.js');

// Installs the package managers and Nodes of test/runtimes once, and prints the folder that holds them.
// Needs the network only when that folder is not there yet. Usage: node scripts/install-runtimes.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const source = join(root, 'test', 'runtimes');
const parts = ['package.json', 'package-lock.json', '.npmrc'];
const patience = 280_000;

const hash = createHash('sha256');
for (const part of parts) hash.update(fs.readFileSync(join(source, part), 'utf8').replaceAll('\r\n', '\n'));
const cache = join(root, '.cache', 'runtimes');
const name = `${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
const folder = join(cache, name);
const lock = join(cache, `${name}.lock`);

try {
  await installOnce();
  console.log(folder);
} catch (error) {
  console.error(`the runtimes of test/runtimes can't be installed: ${error.message}`);
  process.exitCode = 1;
}

/** A folder that is there is complete: it comes into place by a rename. */
async function installOnce() {
  fs.mkdirSync(cache, { recursive: true });
  const giveUp = Date.now() + patience;
  while (!fs.existsSync(folder)) {
    if (!take()) {
      if (Date.now() > giveUp)
        throw new Error(`another process still holds ${lock}; remove it when none runs`);
      await delay(200);
      continue;
    }
    try {
      if (!fs.existsSync(folder)) install();
    } finally {
      fs.rmSync(lock, { force: true });
    }
  }
}

/** Takes the lock: a file with the number of its process. One whose process has ended is taken away. */
function take() {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (isAbandoned()) fs.rmSync(lock, { force: true });
  return false;
}

function isAbandoned() {
  try {
    const holder = Number(fs.readFileSync(lock, 'utf8'));
    if (!Number.isInteger(holder) || holder <= 0) return Date.now() - fs.statSync(lock).mtimeMs > 5000;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function install() {
  const draft = join(cache, `${name}.${process.pid}.draft`);
  fs.mkdirSync(draft, { recursive: true });
  for (const part of parts) fs.copyFileSync(join(source, part), join(draft, part));
  const args = [
    npmScript(),
    'ci',
    '--include=optional',
    '--prefer-offline',
    '--loglevel=error',
    '--engine-strict=false',
  ];
  const npm = spawnSync(process.execPath, args, { cwd: draft, encoding: 'utf8', timeout: patience - 20_000 });
  if (npm.status === 0 && !fs.existsSync(folder)) return fs.renameSync(draft, folder);
  fs.rmSync(draft, { recursive: true, force: true });
  if (npm.status === 0) return;
  const said = `${npm.error?.message ?? ''}\n${npm.stderr ?? ''}`.trim().slice(-2000);
  throw new Error(`npm ci ended with ${npm.status ?? npm.signal}\n${said}`);
}

/** The start script of the ordinary npm: the one that runs this, the one beside this Node, or the first on the path. */
function npmScript() {
  const bin = dirname(process.execPath);
  const places = [
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...(process.env.PATH ?? process.env.Path ?? '')
      .split(delimiter)
      .flatMap((place) => [join(place, 'npm'), join(place, 'node_modules', 'npm', 'bin', 'npm-cli.js')]),
  ];
  const asked = process.env.npm_execpath ?? '';
  if (/npm-cli\.js$/.test(asked)) places.unshift(asked);
  for (const place of places) {
    const real = fs.existsSync(place) ? fs.realpathSync(place) : '';
    if (real.endsWith('npm-cli.js')) return real;
  }
  throw new Error('no npm was found beside Node or on the path');
}

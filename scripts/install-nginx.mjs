// Finds nginx, or takes it from the system's own packages (Debian and its kin) into .cache/nginx, without root and without
// installing it, and prints the path of its program. Usage: node scripts/install-nginx.mjs
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const variable = 'NPMRC_PREFLIGHT_NGINX';

try {
  console.log(installed() ?? taken());
} catch (error) {
  const said = `${error.stderr ?? ''}`.trim().slice(-1000) || error.message;
  console.error(
    `no nginx: install it (apt-get install nginx-light), or set ${variable} to the path of one\n${said}`,
  );
  process.exitCode = 1;
}

function installed() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const places = [process.env[variable], ...folders.map((folder) => folder && join(folder, 'nginx'))];
  return places.find((place) => place && fs.existsSync(place));
}

/** A folder that is there is complete: it comes into place by a rename. */
function taken() {
  const release = fs.readFileSync('/etc/os-release', 'utf8');
  const [id, version] = ['ID', 'VERSION_ID'].map(
    (key) => new RegExp(`^${key}="?([\\w.-]+)`, 'm').exec(release)?.[1],
  );
  const folder = join(root, '.cache', 'nginx', `${id}-${version ?? 'rolling'}-${process.arch}`);
  if (!fs.existsSync(folder)) take(folder);
  return join(folder, 'nginx');
}

/** Lists and archives lie in the draft; only what this system lacks is fetched, libraries included. */
function take(folder) {
  const draft = `${folder}.${process.pid}.draft`;
  const [lists, cache, files] = ['lists', 'cache', 'files'].map((name) => join(draft, name));
  const archives = join(cache, 'archives');
  for (const place of [join(lists, 'partial'), join(archives, 'partial'), files]) {
    fs.mkdirSync(place, { recursive: true });
  }
  const options = {
    'Dir::State::lists': lists,
    'Dir::Cache': cache,
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '',
  };
  const apt = (...args) =>
    run('apt-get', [
      '-qq',
      ...Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
      ...args,
    ]);
  try {
    apt('update');
    apt('install', '--download-only', '--yes', '--no-install-recommends', 'nginx');
    const packages = fs.readdirSync(archives).filter((name) => name.endsWith('.deb'));
    for (const name of packages) run('dpkg', ['-x', join(archives, name), files]);
    const libraries = ['usr/lib', 'lib'].flatMap((place) => {
      const above = join(files, place);
      const names = fs.existsSync(above) ? fs.readdirSync(above) : [];
      return names.filter((name) => name.includes('-linux-')).map((name) => `$here/files/${place}/${name}`);
    });
    fs.writeFileSync(
      join(draft, 'nginx'),
      [
        '#!/bin/sh',
        'here=${0%/*}',
        ...(libraries.length > 0 ? [`export LD_LIBRARY_PATH="${libraries.join(':')}"`] : []),
        'exec "$here/files/usr/sbin/nginx" "$@"\n',
      ].join('\n'),
      { mode: 0o755 },
    );
    run(join(draft, 'nginx'), ['-v']);
    for (const place of [lists, cache]) fs.rmSync(place, { recursive: true });
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function run(command, args) {
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
}

// Finds a program that tests need, or takes it from the system's own packages (Debian and its kin) into .cache, without root and
// without installing it, and prints its path. Usage: node scripts/install-program.mjs nginx|chromium|rsync|zsh|fish
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { delimiter, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

/** `file` is where the package holds the program; `fonts`: it draws text, so its fonts come with it. */
const programs = {
  nginx: { packages: ['nginx'], file: 'usr/sbin/nginx', version: '-v' },
  chromium: {
    packages: ['chromium', 'fonts-liberation', 'fonts-dejavu-core'],
    file: 'usr/lib/chromium/chromium',
    version: '--version',
    fonts: true,
  },
  rsync: { packages: ['rsync'], file: 'usr/bin/rsync', version: '--version' },
  zsh: { packages: ['zsh'], file: 'bin/zsh', version: '--version' },
  fish: { packages: ['fish'], file: 'usr/bin/fish', version: '--version' },
};

const [name = ''] = process.argv.slice(2);
const program = Object.hasOwn(programs, name) ? programs[name] : null;
const variable = `NPMRC_PREFLIGHT_${name.toUpperCase()}`;

try {
  if (program === null) throw new Error(`programs: ${Object.keys(programs).join(', ')}`);
  console.log(installed() ?? taken());
} catch (error) {
  const said = `${error.stderr ?? ''}`.trim().slice(-1000) || error.message;
  console.error(
    `no ${name}: install it (apt-get install ${name}), or set ${variable} to the path of one\n${said}`,
  );
  process.exitCode = 1;
}

function installed() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const places = [process.env[variable], ...folders.map((folder) => folder && join(folder, name))];
  return places.find((place) => place && fs.existsSync(place));
}

/** A folder that is there is complete: it comes into place by a rename. */
function taken() {
  const release = fs.readFileSync('/etc/os-release', 'utf8');
  const [id, version] = ['ID', 'VERSION_ID'].map(
    (key) => new RegExp(`^${key}="?([\\w.-]+)`, 'm').exec(release)?.[1],
  );
  const folder = join(root, '.cache', name, `${id}-${version ?? 'rolling'}-${process.arch}`);
  if (!fs.existsSync(folder)) take(folder);
  return join(folder, name);
}

/** Lists and archives lie in the draft; only what this system lacks is fetched, libraries included. */
function take(folder) {
  const draft = `${folder}.${process.pid}.draft`;
  const [lists, cache, files] = ['lists', 'cache', 'files'].map((part) => join(draft, part));
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
    apt('install', '--download-only', '--yes', '--no-install-recommends', ...program.packages);
    const packages = fs.readdirSync(archives).filter((file) => file.endsWith('.deb'));
    for (const file of packages) run('dpkg', ['-x', join(archives, file), files]);
    const libraries = ['usr/lib', 'lib'].flatMap((place) => {
      const above = join(files, place);
      const names = fs.existsSync(above) ? fs.readdirSync(above) : [];
      return names
        .filter((part) => part.includes('-linux-'))
        .flatMap((part) => foldersOfLibraries(join(above, part)))
        .map((path) => `$here/files/${relative(files, path)}`);
    });
    if (program.fonts) fs.writeFileSync(join(draft, 'fonts.conf'), fontSettings(join(folder, 'files')));
    fs.writeFileSync(
      join(draft, name),
      [
        '#!/bin/sh',
        'here=${0%/*}',
        ...(libraries.length > 0 ? [`export LD_LIBRARY_PATH="${libraries.join(':')}"`] : []),
        ...(program.fonts ? ['export FONTCONFIG_FILE="$here/fonts.conf"'] : []),
        `exec "$here/files/${program.file}" "$@"\n`,
      ].join('\n'),
      { mode: 0o755 },
    );
    run(join(draft, name), [program.version]);
    for (const place of [lists, cache]) fs.rmSync(place, { recursive: true });
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/** A folder and those right below it that hold shared libraries. */
function foldersOfLibraries(folder) {
  const below = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const holding = below
    .map((entry) => join(folder, entry.name))
    .filter((path) => fs.readdirSync(path).some((file) => /^lib.*\.so/.test(file)));
  return [folder, ...holding];
}

/** The fonts of the package and of the system, and nothing that depends on the machine's own settings. */
function fontSettings(files) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(files, 'usr', 'share', 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <match><edit name="family" mode="append_last"><string>Liberation Sans</string></edit></match>
  <match><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
</fontconfig>
`;
}

function run(command, args) {
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
}

// Makes test/clients/<client>-rows.json from a table of measured installs.
// Usage: node scripts/derive-client-rows.mjs <folder of clients.json> [--print <client>]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const clients = ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'];
const [folder, mode, only] = process.argv.slice(2);
if (!folder) throw new Error('name the folder that holds clients.json');
const measured = JSON.parse(readFileSync(join(folder, 'clients.json'), 'utf8'));

/** Ends that a client brings about itself, after requests that were answered. */
const ownEnds = [
  'EALLOWREMOTE',
  'YN0016',
  'YN0081',
  'ERR_PNPM_MISSING_TIME',
  'ERR_PNPM_TARBALL_URL_MISMATCH',
  'ERR_PNPM_NO_MATURE_MATCHING_VERSION',
];

for (const client of mode === '--print' ? [only] : clients) {
  const rows = measured.filter((row) => row.client === client);
  const text = `${JSON.stringify(derive(rows)).replaceAll('{"name"', '\n{"name"')}\n`;
  if (mode === '--print') process.stdout.write(text);
  else writeFileSync(join(import.meta.dirname, '..', 'test', 'clients', `${client}-rows.json`), text);
}

/**
 * Worlds, each with the runs of the versions that behave alike: `{name, files, env?, cwd?, args?, server?, locked?, runs}`.
 * A run is `{versions, requests, ok?, end?}`: `ok` when everything was installed, `end` the client's own word when it ended by itself.
 * A request is `destination path sent`: destination `A` (GitLab's stand-in), `B` (another host) or `P` (the public registry);
 * sent `+` (the token), `-` (nothing) or what else was sent.
 */
function derive(all) {
  const worlds = new Map();
  for (const row of all) {
    const world = worldOf(row);
    const key = JSON.stringify(world);
    if (!worlds.has(key)) worlds.set(key, { ...world, runs: new Map() });
    const run = {
      requests: requestsOf(row),
      ...(row.ok && row.exit_code === 0 ? { ok: true } : {}),
      ...(endOf(row) ? { end: endOf(row) } : {}),
    };
    const runs = worlds.get(key).runs;
    const runKey = JSON.stringify(run);
    if (!runs.has(runKey)) runs.set(runKey, { versions: [], ...run });
    runs.get(runKey).versions.push(row.version);
  }
  return [...worlds.values()].map((world) => ({ ...world, runs: [...world.runs.values()] }));
}

function worldOf(row) {
  const { env = {}, cwd, args, lock_made_with, ...files } = row.config;
  const lab = Object.fromEntries((row.lab_env ?? []).map((line) => line.split(/=(.*)/s).slice(0, 2)));
  const allEnv = { ...lab, ...env };
  return {
    name: row.case,
    files: Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, lines.map(short)])),
    ...(Object.keys(allEnv).length > 0
      ? {
          env: Object.fromEntries(
            Object.entries(allEnv).map(([name, value]) => [
              short(name),
              value === null ? null : short(value),
            ]),
          ),
        }
      : {}),
    ...(cwd ? { cwd } : {}),
    ...(args ? { args: args.map(short) } : {}),
    ...(row.registry ? { server: row.registry } : {}),
    ...(lock_made_with ? { locked: lockedUrls(row, lock_made_with) } : {}),
  };
}

/** The lockfile's URLs; where the table leaves them out, none or those of the projects. */
function lockedUrls(row, lines) {
  if (row.lock_urls) return row.lock_urls.map(short);
  if (!Array.isArray(lines)) return 'projects';
  return lines.some((line) => line.startsWith('omit-lockfile-registry-resolved')) ? [] : 'projects';
}

function requestsOf(row) {
  const seen = row.requests.map(({ path, auth, auth_kind, to }) =>
    [to ?? 'A', short(path), auth ? (auth_kind ?? '+') : '-'].join(' '),
  );
  return [...new Set(seen)].sort();
}

function endOf(row) {
  if (row.ok && row.exit_code === 0) return undefined;
  if (row.requests.length > 0 && !ownEnds.includes(row.error_code)) return undefined;
  return row.error_code ?? `exit ${row.exit_code}`;
}

function short(value) {
  return value
    .replaceAll('127.0.0.1:7001', '<A>')
    .replaceAll('/api/v4', '<api>')
    .replaceAll('/packages/npm', '<npm>');
}

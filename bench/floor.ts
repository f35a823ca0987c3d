import { readFileSync } from 'node:fs';
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// The fewest requests that can decide whether an install gets every package, sent by undici alone: the tarballs that a lockfile
// names, else each package's metadata and the tarball that it names. As many connections as packages, up to 64. Exit code 3: refused.

/** What the floor is told, in a file. */
export interface FloorTask {
  origin: string;
  token: string;
  tarballs: readonly string[];
  metadata: readonly string[];
}

const { origin, token, tarballs, metadata } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as FloorTask;
const headers = { authorization: `Bearer ${token}` };
const connections = Math.min(64, Math.max(tarballs.length, metadata.length));
const pool = new Pool(origin, { connections, pipelining: 1 });
let refused = false;

Promise.all([
  ...tarballs.map((path) => get(path)),
  ...metadata.map(async (path) => {
    const text = await get(path);
    if (text === null) return;
    const document = JSON.parse(text) as {
      'dist-tags': { latest: string };
      versions: Record<string, { dist: { tarball: string } }>;
    };
    const tarball = document.versions[document['dist-tags'].latest]?.dist.tarball ?? '';
    await get(tarball.slice(origin.length));
  }),
]).then(() => process.exit(refused ? 3 : 0));

async function get(path: string): Promise<string | null> {
  const { statusCode, body } = await request.call(pool, { path, method: 'GET', headers });
  const text = await body.text();
  if (statusCode === 200) return text;
  refused = true;
  return null;
}

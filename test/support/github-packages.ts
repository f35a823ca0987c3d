import { startLoopback, targetOf } from '../../src/simulator/loopback.ts';
import { json, type Reply } from '../../src/simulator/reply.ts';
import { checksums, packTarball } from '../../src/simulator/tarball.ts';

/** A GitHub server of one's own on loopback: `serverUrl` is its address, `registry` that of its npm registry, with a final slash. */
export interface RunningPackages {
  serverUrl: string;
  registry: string;
  /** `status` of each request, by path, with `+` where the right token came along. */
  requests: readonly { path: string; token: '+' | '-' | 'other'; status: number }[];
  close(): Promise<void>;
}

/** Starts one that gives `@acme/ui@1.0.0` to whoever sends the token, and to nobody else. */
export async function startPackages(token: string): Promise<RunningPackages> {
  const manifest = { name: '@acme/ui', version: '1.0.0' };
  const tarball = packTarball(manifest);
  const requests: { path: string; token: '+' | '-' | 'other'; status: number }[] = [];
  const server = await startLoopback((request) => {
    const { pathname } = targetOf(request);
    const sent = request.headers.authorization;
    const known = sent === undefined ? '-' : sent === `Bearer ${token}` ? '+' : 'other';
    const reply = answer(decodeURIComponent(pathname), known);
    requests.push({ path: pathname, token: known, status: reply.status });
    return reply;
  });
  const registry = `${server.origin}/_registry/npm/`;
  return { serverUrl: server.origin, registry, requests, close: server.close };

  function answer(path: string, known: '+' | '-' | 'other'): Reply {
    if (known === '-') return json(401, { error: 'authentication token not provided' });
    if (known === 'other')
      return json(401, { error: 'unauthenticated: User cannot be authenticated with the token provided.' });
    if (path === '/_registry/npm/@acme/ui') {
      const dist = { ...checksums(tarball), tarball: `${registry}download/@acme/ui/1.0.0/0a1b2c` };
      return json(200, {
        name: '@acme/ui',
        'dist-tags': { latest: '1.0.0' },
        time: { '1.0.0': '2020-01-01T00:00:00.000Z' },
        versions: { '1.0.0': { ...manifest, dist } },
      });
    }
    if (path === '/_registry/npm/download/@acme/ui/1.0.0/0a1b2c')
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: tarball };
    return json(404, { error: `npm package does not exist` });
  }
}

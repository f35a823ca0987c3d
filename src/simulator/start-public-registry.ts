import { startLoopback, targetOf } from './loopback.ts';
import { carrierOf } from './presented-token.ts';
import { json, type Reply } from './reply.ts';
import type { LoggedRequest } from './start-gitlab.ts';
import { checksums, packTarball } from './tarball.ts';

/** A package that anyone may have: name, version, and parts of its package.json. */
export interface PublicPackage {
  name: string;
  version: string;
  manifest?: Readonly<Record<string, unknown>>;
}

export interface RunningPublicRegistry {
  /** Without a final slash. */
  url: string;
  requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

/** Old enough for every client that takes only what was published some time ago. */
const longAgo = '2020-01-01T00:00:00.000Z';

/** Plays the public npm registry on a free loopback port: metadata, tarballs and empty audits for the given packages. */
export async function startPublicRegistry(
  packages: readonly PublicPackage[],
): Promise<RunningPublicRegistry> {
  const requests: LoggedRequest[] = [];
  const published = packages.map((one) => {
    const manifest = { name: one.name, version: one.version, ...one.manifest };
    return { ...one, manifest, tarball: packTarball(manifest) };
  });
  const server = await startLoopback((request) => {
    const { pathname, searchParams } = targetOf(request);
    const reply = answer(pathname);
    const authorization = carrierOf({ headers: request.headers, query: searchParams });
    requests.push({ method: request.method ?? '', url: pathname, authorization, status: reply.status });
    return reply;
  });
  return { url: server.origin, requests, close: server.close };

  function answer(pathname: string): Reply {
    if (pathname === '/-/npm/v1/security/advisories/bulk') return json(200, {});
    if (pathname === '/-/npm/v1/security/audits/quick') return json(200, { advisories: {}, metadata: {} });
    const path = pathname.slice(1).replace(/%2f/gi, '/').replace(/%40/g, '@');
    const tarball = published.find((one) => path === tarballPath(one));
    if (tarball) {
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: tarball.tarball };
    }
    const versions = published.filter((one) => one.name === path);
    if (versions.length === 0) return json(404, { error: 'Not found' });
    return json(200, {
      name: path,
      'dist-tags': { latest: versions.at(-1)?.version },
      time: Object.fromEntries(versions.map((one) => [one.version, longAgo])),
      versions: Object.fromEntries(
        versions.map((one) => [
          one.version,
          {
            ...one.manifest,
            dist: { ...checksums(one.tarball), tarball: `${server.origin}/${tarballPath(one)}` },
          },
        ]),
      ),
    });
  }
}

function tarballPath({ name, version }: PublicPackage): string {
  return `${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`;
}

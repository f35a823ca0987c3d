import { createHash } from 'node:crypto';
import { publicHost } from '../src/domain/public-registry.ts';
import { gitlab } from '../src/simulator/gitlab.ts';
import type { GitLabModel, PackageModel } from '../src/simulator/model.ts';
import { checksums, packTarball } from '../src/simulator/tarball.ts';

/** How many of the packages the job's token may not read: the allowlist of their project does not name the job's. */
export type Refused = 'none' | 'one' | 'all';

/** What lies in the registry: packages of one scope, each with this many versions. */
export interface BenchWorld {
  packages: number;
  versions: number;
  refused: Refused;
}

/** One package as a lockfile names it. `tarball` is a whole URL. */
export interface PlacedPackage {
  name: string;
  version: string;
  integrity: string;
  tarball: string;
}

export const jobToken = 'glcbt-64_the-job-token-of-the-benchmark';
export const consumer = { path: 'acme/shop', id: 512 };
const open = { path: 'acme/library', id: 324 };
const closed = { path: 'acme/closed', id: 325 };

/** A GitLab of this world, whose job is one of `acme/shop`. Every package's newest version is a tarball of about 12 kB. */
export function modelOf(world: BenchWorld): GitLabModel {
  const model = gitlab({ version: '18.5' })
    .project(consumer.path, { id: consumer.id })
    .project(open.path, { id: open.id })
    .project(closed.path, { id: closed.id })
    .member('alice', 'developer', consumer.path)
    .member('alice', 'reporter', open.path)
    .member('alice', 'reporter', closed.path)
    .allow(open.path, consumer.path)
    .jobToken(jobToken, { project: consumer.path, user: 'alice' });
  const small = packTarball({ name: 'an-older-version' });
  const packages: PackageModel[] = [];
  for (let index = 1; index <= world.packages; index += 1) {
    for (let minor = 0; minor < world.versions; minor += 1) {
      const newest = minor === world.versions - 1;
      const name = nameOf(index);
      const version = `1.${minor}.0`;
      packages.push({
        id: packages.length + 1,
        project: holderOf(world, index).path,
        name,
        version,
        manifest: { name, version },
        deprecated: null,
        tarball: newest ? tarballOf(name, version) : small,
      });
    }
  }
  return { ...model, packages };
}

/** The packages at the versions that an install takes, from the GitLab at `url`. */
export function placedPackages(world: BenchWorld, url: string): readonly PlacedPackage[] {
  const version = `1.${world.versions - 1}.0`;
  return Array.from({ length: world.packages }, (_, index) => {
    const name = nameOf(index + 1);
    const { id } = holderOf(world, index + 1);
    const { integrity } = checksums(tarballOf(name, version));
    const tarball = `${url}/api/v4/projects/${id}/packages/npm/${name}/-/${name}-${version}.tgz`;
    return { name, version, integrity, tarball };
  });
}

/** What a large project's lockfile names: every tenth package is one of the GitLab at `url`, the others are public. */
export function manyPackages(count: number, url: string): readonly PlacedPackage[] {
  return Array.from({ length: count }, (_, index) => {
    const name = index % 10 === 0 ? nameOf(index) : `public-${index}`;
    const home =
      index % 10 === 0 ? `${url}/api/v4/projects/${open.id}/packages/npm` : `https://${publicHost}`;
    const { integrity } = checksums(Buffer.from(name));
    return { name, version: '1.0.0', integrity, tarball: `${home}/${name}/-/${name}-1.0.0.tgz` };
  });
}

function nameOf(index: number): string {
  return `@acme/package-${index}`;
}

/** With one refused package it is the one in the middle. */
function holderOf({ packages, refused }: BenchWorld, index: number): { path: string; id: number } {
  if (refused === 'all') return closed;
  return refused === 'one' && index === Math.ceil(packages / 2) ? closed : open;
}

const tarballs = new Map<string, Buffer>();

function tarballOf(name: string, version: string): Buffer {
  const key = `${name}@${version}`;
  const known = tarballs.get(key);
  if (known) return known;
  const parts = Array.from({ length: 160 }, (_, line) =>
    createHash('sha512').update(`${key} ${line}`).digest('hex'),
  );
  const made = packTarball(
    { name, version, main: 'index.js' },
    { 'index.js': `// ${parts.join('\n// ')}\n` },
  );
  tarballs.set(key, made);
  return made;
}

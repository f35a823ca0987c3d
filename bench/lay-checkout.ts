import * as fs from 'node:fs';
import { join } from 'node:path';
import { jobVariables, manifest } from '../src/demo/scenario.ts';
import { temporaryFolder, writeTree } from '../test/support/temporary-tree.ts';
import { consumer, jobToken, type PlacedPackage } from './bench-world.ts';

/** Where the packages are read from: package.json alone, or the lockfile beside it. */
export type Source = 'direct' | 'lockfile';

/** A job's checkout and home. `env` are the variables of the job, `PATH` aside. */
export interface Checkout {
  folder: string;
  env: Readonly<Record<string, string>>;
  /** Puts everything back as it was at the start: no caches, no node_modules, no file that a run wrote. The lockfile is that of one client. */
  renew(lockfile: 'npm' | 'pnpm'): void;
  remove(): void;
}

export const cacheOf = (folder: string) => join(folder, 'cache');

/**
 * Lays out a job that needs these packages from the GitLab at `url`. Beside package.json lie `.npmrc` with registry and credential for
 * the package managers, and for `lockfile` what npm and pnpm write, each naming the tarballs as GitLab does.
 */
export function layCheckout(packages: readonly PlacedPackage[], source: Source, url: string): Checkout {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const checkout = join(folder, 'checkout');
  const dependencies = Object.fromEntries(packages.map(({ name }) => [name, '^1.0.0']));
  const key = url.replace(/^http:/, '');
  const files = {
    'checkout/package.json': manifest(dependencies),
    'home/.npmrc': [
      `@acme:registry=${url}/api/v4/packages/npm/`,
      `${key}/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}`,
      `${key}/api/v4/projects/:_authToken=\${CI_JOB_TOKEN}`,
      '',
    ].join('\n'),
  };
  const lockfiles = {
    npm: { 'checkout/package-lock.json': packageLock(packages, dependencies) },
    pnpm: { 'checkout/pnpm-lock.yaml': pnpmLock(packages) },
  };
  return {
    folder,
    env: {
      HOME: home,
      USERPROFILE: home,
      TMPDIR: join(folder, 'tmp'),
      TEMP: join(folder, 'tmp'),
      ...jobVariables({
        url,
        version: '18.5.0',
        project: consumer.path,
        projectId: consumer.id,
        user: 'alice',
        token: jobToken,
      }),
      CI_PROJECT_DIR: checkout,
    },
    renew(lockfile) {
      for (const name of fs.readdirSync(folder))
        fs.rmSync(join(folder, name), { recursive: true, force: true });
      writeTree(folder, { ...files, ...(source === 'lockfile' && lockfiles[lockfile]) });
      fs.mkdirSync(join(folder, 'tmp'));
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

function packageLock(
  locked: readonly PlacedPackage[],
  dependencies: Readonly<Record<string, string>>,
): string {
  const root = { name: 'my-project', version: '1.0.0', dependencies };
  const packages = Object.fromEntries([
    ['', root],
    ...locked.map(({ name, version, integrity, tarball }) => [
      `node_modules/${name}`,
      { version, resolved: tarball, integrity },
    ]),
  ]);
  const lock = { name: root.name, version: root.version, lockfileVersion: 3, requires: true, packages };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function pnpmLock(locked: readonly PlacedPackage[]): string {
  return [
    "lockfileVersion: '9.0'",
    '',
    'settings:',
    '  autoInstallPeers: true',
    '  excludeLinksFromLockfile: false',
    '',
    'importers:',
    '',
    '  .:',
    '    dependencies:',
    ...locked.flatMap(({ name, version }) => [
      `      '${name}':`,
      '        specifier: ^1.0.0',
      `        version: ${version}`,
    ]),
    '',
    'packages:',
    '',
    ...locked.flatMap(({ name, version, integrity, tarball }) => [
      `  '${name}@${version}':`,
      `    resolution: {integrity: ${integrity}, tarball: ${tarball}}`,
      '',
    ]),
    'snapshots:',
    '',
    ...locked.flatMap(({ name, version }) => [`  '${name}@${version}': {}`, '']),
  ].join('\n');
}

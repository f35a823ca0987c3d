import type { ClientWorld } from '../../domain/client-world.ts';
import type { Dependency } from '../../domain/dependency.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { pathsOf } from '../world-paths.ts';
import type { YarnRegistries } from './yarn-registries.ts';
import type { YarnSettings } from './yarn-settings.ts';

/** What Yarn 1 asks for a dependency, and from whom a tarball takes its credential. */
export interface YarnRequests {
  asks(dependency: Dependency): { metadata: boolean; tarball: string | null; byRange?: boolean };
  tarballLender(dependency: Dependency, registry: string | null): string | null;
}

/**
 * A lock entry with `resolved` goes straight to that URL, one without counts as no entry; a tarball in the `yarn-offline-mirror` is not asked
 * for at all (measured: l02-l18, f07; Yarn 1.22 getLocked, NpmResolver, TarballFetcher).
 */
export function yarnRequests(
  world: ClientWorld,
  settings: YarnSettings,
  registries: YarnRegistries,
): YarnRequests {
  const mirrored = mirroredFiles(world, settings);
  const migrates = addsIntegrity(settings);
  return {
    asks(dependency) {
      const { from, locked, requested } = dependency;
      if (from !== 'registry' && from !== 'url') return { metadata: false, tarball: null };
      const resolved = withoutHash(locked?.tarball ?? (from === 'url' ? requested : null));
      if (resolved === null) return { metadata: true, tarball: null, ...(locked ? { byRange: true } : {}) };
      const tarball = mirrored.has(mirrorName(resolved)) ? null : resolved;
      return { metadata: from === 'registry' && migrates && locked?.integrity === null, tarball };
    },
    /** A lock entry goes by the name that it is installed under, so an alias loses its package's scope; a URL outside the lock has no name. */
    tarballLender(dependency, registry) {
      const { from, locked, alias, name } = dependency;
      if (from === 'url' && locked === null) return registries.ofUrl(dependency.requested).url;
      if (from === 'url' || (locked?.tarball && alias !== null)) return registries.choose(alias ?? name).url;
      return registry;
    },
  };
}

/** The URL of a package's metadata: its name as it is, but for the scope's slash (measured: clients.md section 1). */
export function yarnMetadataUrl(registry: string, packageName: string): string {
  return `${withSlash(registry)}${packageName.replace('/', '%2f')}`;
}

function withoutHash(url: string | null): string | null {
  return url === null || url === '' ? null : (url.split('#', 1)[0] ?? url);
}

/** Only `unsafe-disable-integrity-migration false` makes Yarn 1 ask metadata for lock entries without integrity. */
function addsIntegrity({ npm, own }: YarnSettings): boolean {
  const key = 'unsafe-disable-integrity-migration';
  const entry = own.get(key) ?? npm.get(key);
  return entry !== undefined && /^(?:false|0)$/i.test(entry.raw.trim());
}

/** Names of the files in the mirror's folder. Its path counts from the folder of the file that names it; Yarn's own settings before npm's. */
function mirroredFiles(world: ClientWorld, { npm, own }: YarnSettings): ReadonlySet<string> {
  const key = 'yarn-offline-mirror';
  const entries = [npm.get(key), own.get(key)].filter((entry) => entry !== undefined);
  const last = entries.at(-1);
  if (!last?.value || entries.some(({ raw }) => raw === 'false')) return new Set();
  return new Set(world.files.list(mirrorFolder(world, last)).map(({ name }) => name));
}

function mirrorFolder(world: ClientWorld, { source, value }: ConfigEntry): string {
  const paths = pathsOf(world);
  if (source.kind !== 'file') return paths.resolve(world.projectDirectory, value);
  return paths.resolve(paths.dirname(paths.resolve(world.projectDirectory, source.path)), value);
}

/** The name that a tarball has in the mirror: `@scope-name-version.tgz`. */
function mirrorName(tarball: string): string {
  const path = URL.parse(tarball)?.pathname ?? '';
  const match = /\/(?:(@[^/]+)(?:\/|%2f))?[^/]+\/(?:-|_attachments)\/(?:@[^/]+\/)?([^/]+)$/.exec(path);
  if (match?.[2] === undefined) return path.slice(path.lastIndexOf('/') + 1);
  return match[1] === undefined ? match[2] : `${match[1]}-${match[2]}`;
}

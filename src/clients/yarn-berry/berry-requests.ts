import type { ClientModel } from '../../domain/client.ts';
import type { Dependency } from '../../domain/dependency.ts';
import { percentEncoded } from '../../domain/percent-form.ts';
import { type BerryRegistries, defaultRegistry } from './berry-registries.ts';
import type { BerryRules } from './berry-rules.ts';

/**
 * The URL of a package's metadata at a registry: of final slashes one is left out, from Yarn 4 on two (measured: y02, y02b; installs on 3.8.7 and 4.10.1).
 */
export function berryMetadataUrl({ merge }: BerryRules) {
  const slashes = merge === 'deep' ? /\/{1,2}$/ : /\/$/;
  return (registry: string, packageName: string): string =>
    `${registry.replace(slashes, '')}${identPath(packageName)}`;
}

/**
 * What an install asks for: with a lockfile entry the tarball alone, at the entry's own URL, or at the registry's conventional one where it has none
 * (measured: y20-y23, yq5; @yarnpkg/plugin-npm NpmSemverFetcher, NpmHttpFetcher). `hardened` asks metadata all the same. A URL of a manifest is asked without a
 * credential (run for real: 3.8.7, 4.18.1).
 */
export function berryAsks(registries: BerryRegistries, hardened: boolean) {
  return (dependency: Dependency): ReturnType<ClientModel['asks']> => {
    const { from, locked, name, requested } = dependency;
    if (from === 'url') return { metadata: false, tarball: locked?.tarball ?? requested, bare: true };
    if (from !== 'registry') return { metadata: false, tarball: null };
    if (locked === null) return { metadata: true, tarball: null };
    if (locked.tarball !== null) return { metadata: hardened, tarball: locked.tarball };
    if (locked.version === '') return { metadata: true, tarball: null };
    const registry = registries.choose(name).url ?? defaultRegistry;
    const packageUrl = `${registry.replace(/\/$/, '')}${identPath(name)}`;
    const file = `${name.slice(name.indexOf('/') + 1)}-${locked.version}.tgz`;
    return { metadata: hardened, tarball: `${packageUrl}/-/${percentEncoded(file)}` };
  };
}

function identPath(packageName: string): string {
  const [first = '', ...rest] = packageName.split('/');
  if (rest.length === 0 || !first.startsWith('@')) return `/${percentEncoded(packageName)}`;
  return `/@${percentEncoded(first.slice(1))}%2f${percentEncoded(rest.join('/'))}`;
}

import type { ClientStop } from '../../domain/client.ts';
import type { Dependency } from '../../domain/dependency.ts';
import { publicHost, publicName } from '../../domain/public-registry.ts';
import { parsedUrl, withSlash } from '../../domain/registry-key.ts';
import type { Source } from '../../domain/source.ts';
import type { LoadedSettings } from './load-settings.ts';
import type { NpmRules } from './npm-rules.ts';
import type { RegistrySettings } from './registry-settings.ts';

export interface TarballRequests {
  asks(dependency: Dependency): { metadata: boolean; tarball: string | null };
  tarballUrl(tarball: string, registry: string | null): string;
  tarballLender(dependency: Dependency, registry: string | null): string | null;
  refusal(tarball: string, registry: string | null, dependency: Dependency): ClientStop | null;
  refusesGit(dependency: Dependency): ClientStop | null;
}

/**
 * Which tarball npm asks for: the lockfile's or the metadata's, moved by `replace-registry-host` to the default (never the scope's)
 * registry (measured: l02-l12, x08), and whether `allow-remote` refuses it (measured: x01-x11).
 */
export function tarballRequests(
  settings: LoadedSettings,
  registries: RegistrySettings,
  rules: NpmRules,
): TarballRequests {
  const effective = settings.effective;
  const replace = effective.get('replace-registry-host')?.value || publicName;
  const match = replace === publicName ? publicHost : replace;
  const matchedUrl = parsedUrl(match);
  const base = registries.defaultRegistry ?? `https://${publicHost}/`;
  const gate = remoteGate();

  return { asks, tarballUrl, tarballLender, refusal, refusesGit };

  function asks(dependency: Dependency): { metadata: boolean; tarball: string | null } {
    const { from, locked, name } = dependency;
    if (from === 'url') {
      return { metadata: false, tarball: moved(locked?.tarball ?? dependency.requested) };
    }
    if (from !== 'registry') return { metadata: false, tarball: null };
    const tarball = locked?.tarball ?? null;
    if (tarball === null || !URL.canParse(tarball)) return { metadata: true, tarball: null };
    if (rules.lockedTarball === 'always') return { metadata: false, tarball: moved(tarball) };
    const registry = registries.choose(name).url;
    const below = registry !== null && tarball.startsWith(registries.asWritten(registry));
    return below ? { metadata: false, tarball } : { metadata: true, tarball: null };
  }

  function tarballUrl(tarball: string, registry: string | null): string {
    return rules.tarballTakesProtocol ? withProtocolOf(tarball, registry) : moved(tarball);
  }

  /** A lockfile without `resolved` loses the scope on the way to the tarball: only the default registry lends its key (pacote; run for real). */
  function tarballLender(dependency: Dependency, registry: string | null): string | null {
    return isLockedWithoutUrl(dependency) ? null : registry;
  }

  function isLockedWithoutUrl({ from, locked }: Dependency): boolean {
    return rules.lockedTarball === 'always' && from === 'registry' && locked !== null && !locked.tarball;
  }

  function moved(tarball: string): string {
    return movedByFetcher(movedByReader(tarball));
  }

  function movedByReader(tarball: string): string {
    const how = rules.replaceHost.reader;
    const url = how === 'no' ? null : parsedUrl(tarball);
    if (url === null) return tarball;
    const prefix = how === 'hostname-or-url' ? matchedUrl : null;
    const host = how === 'public' ? publicHost : (prefix?.hostname ?? match);
    if (url.hostname !== host && !(how !== 'public' && match === 'always')) return tarball;
    const from = prefix === null ? '' : prefix.pathname.replace(/\/$/, '');
    if (from !== '' && !below(url.pathname, from)) return tarball;
    const target = new URL(base);
    const root = target.pathname.replace(/\/$/, '');
    url.protocol = target.protocol;
    url.hostname = target.hostname;
    url.port = target.port;
    if (from !== '') url.pathname = root + url.pathname.slice(from.length);
    else if (root !== '' && !below(url.pathname, root)) url.pathname = root + url.pathname;
    return url.href;
  }

  function movedByFetcher(tarball: string): string {
    const how = rules.replaceHost.fetcher;
    const url = how === 'no' || match === 'never' ? null : parsedUrl(tarball);
    if (url === null) return tarball;
    const always = match === 'always' && how !== 'public';
    const host = how === 'host' ? match : publicHost;
    return always || url.host === host ? new URL(url.pathname, base).href : tarball;
  }

  function refusal(tarball: string, registry: string | null, dependency: Dependency): ClientStop | null {
    if (gate.allow === 'all' || isLockedWithoutUrl(dependency)) return null;
    if (gate.allow === 'root' && (isDirect(dependency) || rules.remoteGate === 'every-tarball')) return null;
    const home = registry ?? base;
    if (dependency.from === 'registry' && isOfRegistry(tarball, home)) return null;
    const what = gate.allow === 'root' ? 'non-root packages' : 'packages';
    return {
      code: 'EALLOWREMOTE',
      message: `Fetching ${what} of type "remote" have been disabled`,
      source: gate.source,
    };
  }

  /** Git is not asked at all by default since npm 12 (pacote; the release notes of 12.0.0). */
  function refusesGit(dependency: Dependency): ClientStop | null {
    if (rules.gitDefault === 'all') return null;
    const { allow, source } = gateOf('allow-git', rules.gitDefault);
    if (allow === 'all' || (allow === 'root' && isDirect(dependency))) return null;
    const what = allow === 'root' ? 'non-root packages' : 'packages';
    return { code: 'EALLOWGIT', message: `Fetching ${what} of type "git" have been disabled`, source };
  }

  function isOfRegistry(tarball: string, home: string): boolean {
    if (rules.remoteGate === 'outside-registry') return liesBelow(movedByReader(tarball), home);
    return rules.remoteGate === 'other-host' && hostNameOf(tarball) === hostNameOf(home);
  }

  function remoteGate(): Gate {
    if (rules.remoteGate === 'none')
      return { allow: 'all', source: byDefault('allow-remote', rules.remoteDefault) };
    return gateOf('allow-remote', rules.remoteDefault);
  }

  function gateOf(setting: string, otherwise: 'all' | 'none'): Gate {
    const entry = effective.get(setting);
    if (!entry) return { allow: otherwise, source: byDefault(setting, otherwise) };
    const allow = entry.value === 'all' || entry.value === 'none' ? entry.value : 'root';
    return { allow, source: entry.source };
  }
}

interface Gate {
  allow: 'all' | 'root' | 'none';
  source: Source;
}

function byDefault(setting: string, value: string): Source {
  return { kind: 'default', why: `${setting} is ${value} in this version of npm` };
}

function isDirect({ kind, dependents }: Dependency): boolean {
  return !['transitive', 'override'].includes(kind) || dependents.includes('.');
}

/** npm 6 asks for a tarball on the registry's host name with the registry's protocol and port. */
function withProtocolOf(tarball: string, registry: string | null): string {
  if (registry === null || !URL.canParse(tarball) || !URL.canParse(registry)) return tarball;
  const url = new URL(tarball);
  const home = new URL(registry);
  if (url.hostname !== home.hostname || url.protocol === home.protocol) return tarball;
  url.protocol = home.protocol;
  url.port = home.port;
  return url.href;
}

function hostNameOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

function liesBelow(tarball: string, registry: string): boolean {
  if (!URL.canParse(tarball) || !URL.canParse(registry)) return false;
  const url = new URL(tarball);
  const home = new URL(registry);
  return url.origin === home.origin && url.pathname.startsWith(withSlash(home.pathname));
}

function below(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

import { percentEncoded } from '../../domain/percent-form.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { PnpmRules } from './pnpm-rules.ts';

/** A registry URL in its standard form and its key `//host/path/`; `null` for what is no http(s) URL or has user, query or fragment. */
export function standardRegistry(url: string): { url: string; key: string } | null {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '') return null;
  if (parsed.username || parsed.password || parsed.search || parsed.hash) return null;
  const full = withSlash(parsed.href);
  return { url: full, key: full.slice(parsed.protocol.length) };
}

/** A registry URL as pnpm keeps it: in standard form from 10.29 on, but as written in 12 (measured: k19, k26). */
export function keptRegistry(url: string, rules: PnpmRules): string {
  return withSlash(rules.standardUrls ? (URL.parse(url)?.href ?? url) : url);
}

/** A registry URL as its credential is looked up: up to 8.10 without the slash that its line does not have. */
export function lookedUpAs(written: string, kept: string, rules: PnpmRules): string {
  return rules.slashBehindRegistry || written.endsWith('/') ? kept : kept.replace(/\/$/, '');
}

/** Where the keys of a URL are looked for: its host with and without port, and the folder of its path with slashes around. */
export interface KeyPlace {
  hosts: readonly string[];
  folder: string;
}

/**
 * The place of a URL's keys: the path up to its last slash, the port tried first and then left out (measured: k14, k18, k19, k26, k41;
 * nerf-dart, @pnpm/config.nerf-dart, pnpm/crates/network). `null` for a text that is no URL.
 */
export function keyPlace(url: string, rules: PnpmRules): KeyPlace | null {
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  if (rules.keyUrl === 'standard') {
    const hosts = rules.portOptional ? unique([parsed.host, parsed.hostname]) : [parsed.host];
    return { hosts, folder: folderOf(parsed.pathname) };
  }
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  const written = authority.slice(authority.lastIndexOf('@') + 1);
  const host = rules.keyUrl === 'text' ? written : written.toLowerCase();
  const bare = host.replace(/:\d*$/, '');
  const byDefault = host === `${bare}:${scheme === 'https' ? '443' : '80'}`;
  const first = rules.keyUrl === 'text' && byDefault ? bare : host;
  return { hosts: rules.portOptional ? unique([first, bare]) : [first], folder: folderOf(path) };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) || '/';
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** The URL of a package's metadata at a registry: the scope's slash as `%2F` (measured: clients.md section 1). */
export function pnpmMetadataUrl(registry: string, packageName: string): string {
  const escaped = percentEncoded(packageName).replace(/^%40/, '@');
  return `${withSlash(registry)}${escaped}`;
}

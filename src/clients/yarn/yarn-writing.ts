import type { ConfigWriting } from '../../domain/client.ts';
import { registryKey } from '../../domain/registry-key.ts';
import { npmrcWriting } from '../npmrc/npmrc-writing.ts';
import type { NpmrcScope } from '../npmrc/plan-npmrc.ts';
import { urlParts } from './yarn-url-parts.ts';

/** `//host:port/path/:custom-host-suffix=host:port`: Yarn 1 then sends the registry's credential to its whole host (measured: a14b, f10, f15-f17). */
export function hostSuffixLine(registry: string): string {
  return `${registryKey(registry)}:custom-host-suffix=${urlParts(registry)?.host ?? new URL(registry).host}`;
}

/** Without it Yarn 1 sends no credential for packages without a scope (measured: a05, a16). */
export function alwaysAuthLine(registry: string): string {
  return `${registryKey(registry)}:always-auth=true`;
}

/**
 * The lines that Yarn 1 needs beside those of every client of `.npmrc`. A tarball elsewhere on the host is covered by its own key at the default
 * port only, because no key with a port is seen; a registry that is no GitLab's may name any place of its host.
 */
export function yarnLines(scopes: readonly NpmrcScope[]): readonly string[] {
  return scopes.flatMap(({ prefixed, registry, prefix, tokenVariable }) => {
    if (tokenVariable === null || !/^[A-Za-z_]\w*$/.test(tokenVariable)) return [];
    const { port, pathname } = new URL(registry);
    const suffix = port !== '' || (prefix === null && pathname !== '/');
    return [
      ...(suffix ? [hostSuffixLine(registry)] : []),
      ...(prefixed === '' ? [alwaysAuthLine(registry)] : []),
    ];
  });
}

/** The lines of an `.npmrc` as Yarn 1 takes them, for remedies. */
export const yarnWriting: ConfigWriting = {
  ...npmrcWriting,
  credential(scope, registry, variable) {
    const key = npmrcWriting.credential(scope, registry, variable);
    return scope === null ? `${key}\n${alwaysAuthLine(registry)}` : key;
  },
  tarball(scope, registry, tarball, variable) {
    if (!URL.canParse(tarball)) return null;
    const { host, port } = new URL(tarball);
    if (port === '') return npmrcWriting.tarball(scope, registry, tarball, variable);
    const home = registry !== null && URL.canParse(registry) ? new URL(registry).host : null;
    return registry !== null && home === host ? hostSuffixLine(registry) : null;
  },
};

import type { Clues } from '../../domain/cause.ts';
import { parsedUrl } from '../../domain/registry-key.ts';

/** Where the metadata of a registry has a tarball, outside the registry's own origin. */
export interface NamedElsewhere {
  /** The registry's host. */
  home: string;
  /** Scheme, host and port of the tarball. */
  origin: string;
}

/**
 * Where metadata, and no lockfile, has the tarball that could not be had, when that is not the address at which the registry was asked: it takes another
 * one for its own, as servers behind a proxy do (user reports). `null` for every other tarball.
 */
export function namedElsewhere({ run, github, case: { target, result } }: Clues): NamedElsewhere | null {
  const isTarball =
    result.kind === 'tarball-failed' || (result.kind === 'refused-by-client' && result.request === 'tarball');
  const home = parsedUrl(target.registry.url ?? '');
  const tarball = parsedUrl(target.tarball?.url ?? '');
  if (!isTarball || github || home === null || tarball === null || home.origin === tarball.origin)
    return null;
  const isLocked = run.client.asks(target.dependency).tarball !== null;
  return isLocked ? null : { home: home.host, origin: tarball.origin };
}

/** Who puts that right, and where. */
export function ownAddressStep({ case: { target } }: Clues, { home, origin }: NamedElsewhere): string {
  const settings =
    target.prefix === null
      ? 'Verdaccio: VERDACCIO_PUBLIC_URL; Nexus: Base URL; Artifactory: Custom Base URL; a proxy in front: Host and X-Forwarded-Proto'
      : 'GitLab: external_url; a proxy in front: Host and X-Forwarded-Proto';
  return `${home} takes ${origin} for its own address: whoever runs it corrects that (${settings})`;
}

/** What was seen of it. */
export function seenElsewhere({ home, origin }: NamedElsewhere): string {
  return `the metadata of ${home} names the tarball at ${origin}`;
}

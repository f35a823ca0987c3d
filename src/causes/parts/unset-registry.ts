import type { Clues } from '../../domain/cause.ts';
import { parsedUrl } from '../../domain/registry-key.ts';
import { sameSource } from '../../domain/source.ts';
import type { UnsetVariable } from './unset-variable.ts';
import { fieldOfKey } from './url-of-key.ts';

/**
 * The variable without a value in the address of a case's registry, where that is no address, or another one, without it. npm and Bun ask it all the same,
 * with the text of the reference in it, or end with an invalid URL (run for real: npm 10 to 12, Bun 1.4.5); an empty value leaves out a part of it.
 */
export function unsetInRegistry({ run, case: { target, result } }: Clues): UnsetVariable | null {
  const { registry } = target;
  const isMetadata =
    result.kind === 'metadata-failed' ||
    (result.kind === 'refused-by-client' && result.request === 'metadata');
  if (!isMetadata || target.metadata === null || registry.url === null) return null;
  const { url } = registry;
  const found = run.client.problems.find(
    (problem) =>
      problem.kind === 'unset-variable' &&
      fieldOfKey(problem.setting.key) === null &&
      sameSource(problem.setting.source, registry.source) &&
      (holdsReference(url, problem.variable) || lacksPart(url)),
  );
  if (found?.kind !== 'unset-variable') return null;
  const { source, key } = found.setting;
  return { variable: found.variable, source, key, sends: null };
}

/** A client that writes URLs in their standard form has the host in lower case. */
function holdsReference(url: string, variable: string): boolean {
  const text = url.toLowerCase();
  const name = variable.toLowerCase();
  return text.includes(`\${${name}`) || text.includes(`$${name}`);
}

/** Whether a URL has no host, or nothing between two slashes. */
function lacksPart(url: string): boolean {
  return !/^https?:\/\/[^/]/i.test(url) || parsedUrl(url) === null || /[^:]\/\//.test(url);
}

/** Causes that such an address only looks like. */
export const ofWrongAddress = [
  'host-unresolved',
  'connection-failed',
  'tls-untrusted',
  'timed-out',
  'not-a-registry',
  'malformed-rc-line',
  'project-not-found',
  'package-not-found',
  'prefix-unsupported',
  'scope-is-not-root-namespace',
  'forwarded-to-public',
  'overridden-by-other-rc',
] as const;

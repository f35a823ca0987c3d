import { type Clues, ruledOut, type Verdict } from '../../domain/cause.ts';
import { statusOf } from '../../domain/probe.ts';
import { parsedUrl } from '../../domain/registry-key.ts';
import { sameSource } from '../../domain/source.ts';
import type { UnsetVariable } from './unset-variable.ts';
import { fieldOfKey } from './url-of-key.ts';

/**
 * The variable without a value in the address of a case's registry, where that is no address, or another one, without it. npm and Bun ask it all the same,
 * with the text of the reference in it, or end with an invalid URL (run for real: npm 10 to 12, Bun 1.4.5); an empty value leaves out a part of it.
 */
export function unsetInRegistry(clues: Clues): UnsetVariable | null {
  const { run } = clues;
  const { target, result, publishing } = clues.case;
  const { registry } = target;
  const isPublished = publishing?.address !== undefined;
  const isMetadata =
    result.kind === 'metadata-failed' ||
    (result.kind === 'refused-by-client' && result.request === 'metadata');
  if (!isPublished && (!isMetadata || target.metadata === null)) return null;
  if (registry.url === null) return null;
  const { url } = registry;
  const found = run.client.problems.find(
    (problem) =>
      problem.kind === 'unset-variable' &&
      fieldOfKey(problem.setting.key) === null &&
      sameSource(problem.setting.source, registry.source) &&
      (holdsReference(url, problem.variable) || hasNoHost(url) || (lacksPart(url) && !isServed(clues))),
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

function hasNoHost(url: string): boolean {
  return !/^https?:\/\/[^/]/i.test(url) || parsedUrl(url) === null;
}

/** Whether a URL has nothing between two slashes, which a server may take for one. */
function lacksPart(url: string): boolean {
  return /[^:]\/\//.test(url);
}

/** Whether the server takes the address as it is: it refuses whoever asks. */
function isServed(clues: Clues): boolean {
  const status = statusOf(clues.observation('metadata')?.outcome);
  return status === 401 || status === 403;
}

/** Certain but for an address with a hole and no reference in it, which a server may take as it is. */
export function unsetInRegistryVerdict(clues: Clues): Verdict {
  const unset = unsetInRegistry(clues);
  const { url } = clues.case.target.registry;
  if (unset === null || url === null) return ruledOut;
  const because = ['configuration'];
  if (holdsReference(url, unset.variable) || hasNoHost(url))
    return { kind: 'confirmed', because, hides: ofWrongAddress };
  return { kind: 'possible', because, decidedBy: `the same request with a value for ${unset.variable}` };
}

/** What is not told of a case whose registry has a variable without a value in its address: whatever was asked there is another place. */
export function hiddenByAddress(clues: Clues, { variable }: Pick<UnsetVariable, 'variable'>) {
  const { url } = clues.case.target.registry;
  return url !== null && holdsReference(url, variable) ? [...ofWrongAddress, ...accessCauses] : [];
}

/** Causes of GitLab's access layer. */
const accessCauses = [
  'not-on-allowlist',
  'role-missing',
  'registry-restricted',
  'fine-grained-permission-missing',
  'outbound-limit',
  'token-scope-missing',
] as const;

/** Causes that such an address only looks like. */
const ofWrongAddress = [
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

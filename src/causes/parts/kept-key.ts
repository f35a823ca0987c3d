import type { Clues, Verdict } from '../../domain/cause.ts';
import { statusOf } from '../../domain/probe.ts';
import { parsedUrl } from '../../domain/registry-key.ts';
import { failingRequest } from './failing-request.ts';
import { type Uncovered, uncoveredVerdict } from './uncovered.ts';

/**
 * Whether a credential key, were it read, would be taken for the failing request of a case: it stands at the request's address or above it, or, where the
 * client lends a tarball the registry's credential, at that of the registry (measured: clients.md section 1).
 */
export function wouldCover(clues: Clues, key: string): boolean {
  const request = failingRequest(clues);
  const [, host = '', path = '/'] =
    /^(?:https?:)?\/\/([^/\s]+?)(\/[^\s]*?)?:(?:@[^:\s]+:)?_\w+/i.exec(key) ?? [];
  if (!request || host === '') return false;
  const { url } = clues.case.target.registry;
  const lends = clues.run.client.client.name !== 'pnpm';
  return [request.url, ...(lends && url !== null ? [url] : [])].some((address) => {
    const asked = parsedUrl(address);
    return asked?.host === host.toLowerCase() && `${asked.pathname}/`.startsWith(path.replace(/\/*$/, '/'));
  });
}

/**
 * The verdict for a key that stands where the client does not take it from. A server that asks for a credential needs one; else it is that of a missing
 * key: what the token itself may do there decides, and where it is refused too, the key alone is no cure.
 */
export function keptKeyVerdict(uncovered: Uncovered, clues: Clues): Verdict {
  const { request, token } = uncovered;
  if (statusOf(request.observation.outcome) === 401 && token !== 'refused')
    return { kind: 'confirmed', because: ['configuration', request.kind] };
  const verdict = uncoveredVerdict(uncovered, clues);
  return verdict.kind === 'possible' && token === 'refused' ? { ...verdict, unlikely: true } : verdict;
}

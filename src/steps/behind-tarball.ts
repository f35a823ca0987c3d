import type { ClientModel } from '../domain/client.ts';
import { authorizationOf } from '../domain/credential.ts';
import { versionOfTarball } from '../domain/dependency.ts';
import type { PackumentVersion } from '../domain/packument.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { isSuccess, type Outcome, type Question } from '../domain/probe.ts';
import type { Target } from '../domain/target.ts';
import { metadataQuestion } from '../probes/package-questions.ts';
import { readPackument } from '../probes/read-packument.ts';

/**
 * What GitLab's metadata says of the version whose tarball a URL names, asked with what the client's keys say for that address. The client reads it in the
 * tarball; `null` where nothing tells.
 */
export async function behindTarball(
  { registry: { url: lender }, tarball }: Target,
  { client, ask }: { client: ClientModel; ask: (question: Question) => Promise<Outcome> },
): Promise<PackumentVersion | null> {
  const prefix = prefixOf(tarball?.url ?? '');
  const path = /\/packages\/npm\/((?:(?:@|%40)[^/]+?(?:\/|%2f))?[^/]+?)\/-\//i.exec(tarball?.url ?? '')?.[1];
  const version = versionOfTarball(tarball?.url ?? null);
  if (!prefix || path === undefined || version === null) return null;
  const registry = prefixUrl(prefix);
  const name = path.replace(/^%40/, '@').replace(/%2f/i, '/');
  const url = client.metadataUrl(registry, name);
  const credential = client.credentialFor(url, lender ?? registry);
  const outcome = await ask(metadataQuestion('metadata', url, authorizationOf(credential, url)));
  if (outcome.kind !== 'answered' || !isSuccess(outcome.status)) return null;
  const reading = readPackument(outcome);
  return reading.kind === 'not-a-packument' ? null : (reading.packument.versions[version] ?? null);
}

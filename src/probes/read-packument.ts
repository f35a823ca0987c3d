import { bodyJson } from '../domain/body-json.ts';
import type { ClientNetwork } from '../domain/client-network.ts';
import { describedIntegrity } from '../domain/integrity.ts';
import type { PackumentReading, PackumentVersion } from '../domain/packument.ts';
import type { Outcome } from '../domain/probe.ts';
import { isRecord } from '../domain/record.ts';

/**
 * A package's metadata from a success, read defensively: anything that is no packument is said to be none, nothing throws. A version that is no
 * object counts as one without a tarball. What `client` would not read is none: most clients' JSON can't begin with a byte order mark (run for real).
 */
export function readPackument(
  outcome: Extract<Outcome, { kind: 'answered' }>,
  client: Pick<ClientNetwork, 'passesByteOrderMark' | 'wantsWholeVersions'> = { passesByteOrderMark: true },
): PackumentReading {
  if (outcome.body.kind !== 'text') return { kind: 'not-a-packument', why: 'no text' };
  if (!outcome.body.complete) return { kind: 'not-a-packument', why: 'larger than any metadata' };
  if (!client.passesByteOrderMark && outcome.body.text.startsWith('\ufeff'))
    return { kind: 'not-a-packument', why: 'a byte order mark before it' };
  const parsed = bodyJson(outcome.body);
  if (parsed === undefined) return { kind: 'not-a-packument', why: 'not JSON' };
  if (!isRecord(parsed) || !isRecord(parsed.versions))
    return { kind: 'not-a-packument', why: 'no versions in it' };
  const versions = Object.entries(parsed.versions);
  const good = versions.filter(([, value]) => isRecord(value)).length;
  const suffices = client.wantsWholeVersions ? good === versions.length : good > 0 || versions.length === 0;
  if (!suffices) return { kind: 'not-a-packument', why: 'versions that are none' };
  return {
    kind: 'packument',
    packument: {
      name: typeof parsed.name === 'string' ? parsed.name : '',
      distTags: textMap(parsed['dist-tags']),
      times: textMap(parsed.time),
      versions: Object.fromEntries(
        versions.map(([version, value]) => [version, readVersion(version, isRecord(value) ? value : {})]),
      ),
    },
  };
}

function readVersion(version: string, value: Record<string, unknown>): PackumentVersion {
  const dist = isRecord(value.dist) ? value.dist : {};
  return {
    version,
    tarball: typeof dist.tarball === 'string' ? dist.tarball : null,
    integrity: describedIntegrity(dist),
    dependencies: textMap(value.dependencies),
    optionalDependencies: textMap(value.optionalDependencies),
    peerDependencies: neededPeers(value),
    bundled: bundledIn(value),
    deprecated: deprecation(value.deprecated),
    engines: textMap(value.engines),
  };
}

function deprecation(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return value ? 'deprecated' : null;
}

/** No client fetches the peers that a package calls optional (run for real: npm 10 and 12, pnpm 9 to 12, Bun 1.4). */
function neededPeers({ peerDependencies, peerDependenciesMeta }: Record<string, unknown>) {
  const meta = isRecord(peerDependenciesMeta) ? peerDependenciesMeta : {};
  const isNeeded = (name: string): boolean => {
    const about = Object.hasOwn(meta, name) ? meta[name] : null;
    return !(isRecord(about) && about.optional === true);
  };
  return Object.fromEntries(Object.entries(textMap(peerDependencies)).filter(([name]) => isNeeded(name)));
}

/** `true` stands for all (npm docs: bundleDependencies). */
function bundledIn({ dependencies, bundleDependencies, bundledDependencies }: Record<string, unknown>) {
  const names = bundledDependencies ?? bundleDependencies;
  if (names === true) return Object.keys(textMap(dependencies));
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

function textMap(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

import type { Dependency } from '../domain/dependency.ts';
import type { Position } from './json-file.ts';
import { type JsonNode, memberOf, textOf } from './json-tree.ts';
import type { ResolvedEdge } from './resolved-lock.ts';

/** One entry of `packages` in bun.lock. `bundled` packages come inside the tarball of another one. */
export interface BunLockEntry {
  name: string;
  version: string;
  from: Dependency['from'];
  tarball: string | null;
  integrity: string | null;
  bundled: boolean;
  position: Position;
  /** The names that it asks for. Peers that need not be there are fetched where the lockfile has them (run for real: Bun 1.4.5, with `--production` too). */
  asks(): readonly Pick<ResolvedEdge, 'installName' | 'kind'>[];
}

/**
 * An entry of `packages`: a list that begins with `name@what`. `null` when it is none. For a version the address of the tarball comes
 * second (empty where it is that of the registry's own making), then what the package asks for and its integrity; for anything else the address stands in `what`
 * (files of Bun 1.4.5, lockfileVersion 1 and 2).
 */
export function readBunLockEntry(node: JsonNode, position: Position): BunLockEntry | null {
  if (node.kind !== 'array') return null;
  const head = textOf(node.items[0]);
  const at = head === null ? -1 : head.indexOf('@', 1);
  if (head === null || at < 1) return null;
  const name = head.slice(0, at);
  const what = head.slice(at + 1);
  const from = originOf(what);
  const info = node.items.find(({ kind }) => kind === 'object');
  const last = node.items.length > 1 ? textOf(node.items.at(-1)) : null;
  return {
    name,
    version: from === 'registry' ? what : '',
    from,
    tarball: from === 'registry' ? textOf(node.items[1]) || null : from === 'url' ? what : null,
    integrity: last !== null && /^(?:sha1|sha256|sha384|sha512)-/.test(last) && from !== 'git' ? last : null,
    bundled: isTrue(info && memberOf(info, 'bundled')?.node),
    position,
    asks: () => (info === undefined ? [] : asksOf(info)),
  };
}

function originOf(what: string): Dependency['from'] {
  if (/^(?:workspace|root):/.test(what)) return 'workspace';
  if (/^(?:file|link):/.test(what)) return 'file';
  if (/^https?:/i.test(what)) return 'url';
  if (/^(?:git|github|gitlab|bitbucket|ssh)\b[^/@]*:/i.test(what) || /^[\w.-]+@[\w.-]+:/.test(what))
    return 'git';
  return /^\d/.test(what) ? 'registry' : 'file';
}

const groups = [
  ['dependencies', 'prod'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
] as const;

function asksOf(info: JsonNode): readonly Pick<ResolvedEdge, 'installName' | 'kind'>[] {
  return groups.flatMap(([group, kind]) => {
    const section = memberOf(info, group)?.node;
    if (section?.kind !== 'object') return [];
    return [...section.members.keys()].map((installName) => ({ installName, kind }));
  });
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

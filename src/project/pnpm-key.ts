import semver from 'semver';

/** What stands before a name in old files: the root's slash, or the host of a registry that was none of the configured ones. */
const beforeName = /^[^/@:]*\/(?=(?:@[^/@]+\/)?[^/@]+@)/;

/** How a pnpm lockfile writes its keys: `/name/1.0.0_peers` up to version 5, `/name@1.0.0(peers)` or `name@1.0.0(peers)` after it. */
export type PnpmKeyStyle = 'slash' | 'at';

/** What a key says. `reference` is what stands for the version: a version, an address, a folder. `version` is `null` when it is none. */
export interface PnpmKeyParts {
  name: string | null;
  reference: string;
  version: string | null;
}

/**
 * A key without the peers (and patch) that it was resolved with, as `packages` of version 9 has it. Rule: pnpm 11 @pnpm/deps.path: the groups in
 * round brackets at the end.
 */
export function withoutPeers(key: string): string {
  if (!key.endsWith(')')) return key;
  let open = 0;
  for (let at = key.length - 1; at >= 0; at -= 1) {
    const character = key[at];
    if (character === ')') open += 1;
    else if (character === '(') open -= 1;
    else if (open === 0) return key.slice(0, at + 1);
  }
  return key;
}

/**
 * Reads a key of `packages` or `snapshots`. A version may stand behind the prefix of a named registry (`work:1.0.0`, pnpm 11+) and, in old files, behind
 * the registry's host. Keys that are addresses have no name: their entry holds it.
 */
export function readPnpmKey(key: string, style: PnpmKeyStyle): PnpmKeyParts {
  if (style === 'slash') return readSlashKey(key);
  const bare = withoutPeers(key).replace(beforeName, '');
  const at = bare.indexOf('@', 1);
  const name = at < 0 ? '' : bare.slice(0, at);
  if (!isName(name)) return { name: null, reference: bare, version: null };
  const reference = bare.slice(at + 1);
  const plain = reference.replace(/^[a-z][a-z0-9-]{0,63}:(?=\d)/i, '');
  return { name, reference, version: semver.valid(plain) };
}

function readSlashKey(key: string): PnpmKeyParts {
  const parts = key.split('/', 6);
  const nameAt = parts[1]?.startsWith('@') ? 2 : 1;
  const name = parts.slice(1, nameAt + 1).join('/');
  const version = semver.valid(/^[^_(]*/.exec(parts[nameAt + 1] ?? '')?.[0] ?? '');
  if (version === null || !isName(name)) return { name: null, reference: key, version: null };
  return { name, reference: version, version };
}

/** The keys that a reference of a dependency may mean, likeliest first: it is a whole key, or the part behind the name. */
export function keysMeant(installName: string, reference: string, style: PnpmKeyStyle): readonly string[] {
  return style === 'slash'
    ? [`/${installName}/${reference}`, reference]
    : [`${installName}@${reference}`, reference, `/${installName}@${reference}`];
}

function isName(text: string): boolean {
  return /^(?:@[^/@\s]+\/)?[^/@\s:]+$/.test(text);
}

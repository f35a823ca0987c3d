import type { KeyNearMiss } from '../../domain/credential.ts';
import type { Source } from '../../domain/source.ts';

/** A credential line as its client understands it; `key` after expansion, `setting.key` fit for printing. */
export interface KeyEntry {
  key: string;
  value: string;
  source: Source;
  setting: { key: string };
}

const credentialField = /:(?:_authToken|_auth|_password)$/;
const closeness: readonly KeyNearMiss['differs'][] = [
  'case',
  'scheme',
  'final-slash',
  'port',
  'relative-root',
  'parent-path',
  'prefix',
  'host',
];
const mostListed = 5;

interface KeyParts {
  host: string;
  port: string;
  path: string;
}

/**
 * Credential keys that look meant for a URL which none of them matches, closest first, five at most. `wanted` is the URL
 * as `//host/path`; `exact` when this client takes only that very key. Sources of the differences: measured k07-k27, k46, k48.
 */
export function nearMisses(wanted: string, entries: Iterable<KeyEntry>, exact: boolean): KeyNearMiss[] {
  const target = partsOf(wanted);
  if (target === null) return [];
  const misses: { miss: KeyNearMiss; shared: number }[] = [];
  for (const { key, source, setting, value } of entries) {
    if (value === '' || !credentialField.test(key)) continue;
    const location = key.replace(credentialField, '');
    const differs = differenceOf(target, location, exact);
    if (differs === null) continue;
    misses.push({ miss: { key: setting.key, source, differs }, shared: sharedLength(wanted, location) });
  }
  misses.sort(
    (a, b) => closeness.indexOf(a.miss.differs) - closeness.indexOf(b.miss.differs) || b.shared - a.shared,
  );
  return misses.slice(0, mostListed).map(({ miss }) => miss);
}

function differenceOf(target: KeyParts, location: string, exact: boolean): KeyNearMiss['differs'] | null {
  const withoutScheme = location.replace(/^https?:(?=\/\/)/i, '');
  const own = partsOf(withoutScheme.startsWith('//') ? withoutScheme : `//${withoutScheme}`);
  if (own === null) return null;
  const covers = (key: KeyParts) =>
    key.host === target.host && key.port === target.port && pathCovers(key.path, target.path, exact);
  if (covers(own)) return withoutScheme === location ? 'final-slash' : 'scheme';
  const lower = { ...own, host: own.host.toLowerCase(), path: own.path };
  if (covers(lower)) return 'case';
  if (lower.host !== target.host) return hostLooksAlike(lower, target) ? 'host' : null;
  if (lower.port !== target.port) return 'port';
  if (covers({ ...lower, path: lower.path.toLowerCase() })) return 'case';
  if (exact && trimmed(lower.path) === trimmed(target.path)) return 'final-slash';
  if (!exact && pathCovers(trimmed(lower.path), target.path, false)) return 'final-slash';
  if (exact && pathCovers(lower.path, target.path, false)) return 'parent-path';
  return rootDiffers(lower.path, target.path) ? 'relative-root' : 'prefix';
}

function pathCovers(key: string, path: string, exact: boolean): boolean {
  if (exact) return key === path;
  return path === key || path.startsWith(key.endsWith('/') ? key : `${key}/`);
}

/** One path is the other behind one leading folder or more: `/gitlab/api/v4/…` and `/api/v4/…`. */
function rootDiffers(key: string, path: string): boolean {
  const api = /\/api\/v\d+(?=\/|$)/;
  const keyApi = api.exec(key)?.index;
  const pathApi = api.exec(path)?.index;
  if (keyApi === undefined || pathApi === undefined) return false;
  return key.slice(0, keyApi) !== path.slice(0, pathApi);
}

function hostLooksAlike(key: KeyParts, target: KeyParts): boolean {
  if (key.host.endsWith(`.${target.host}`) || target.host.endsWith(`.${key.host}`)) return true;
  const domain = (host: string) => host.split('.').slice(-2).join('.');
  if (key.host.includes('.') && !/^[\d.]+$/.test(key.host) && domain(key.host) === domain(target.host)) {
    return true;
  }
  return key.path.length > 1 && pathCovers(key.path, target.path, false);
}

function partsOf(location: string): KeyParts | null {
  const match = /^\/\/(\[[^\]]*\]|[^/:]*)(?::(\d+))?(\/.*)?$/.exec(location);
  if (!match?.[1]) return null;
  return { host: match[1], port: match[2] ?? '', path: match[3] ?? '/' };
}

function trimmed(path: string): string {
  return path.replace(/\/$/, '');
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

import { isRecord } from '../domain/record.ts';

/** The ranges of catalogues: by the catalogue's name (`default` for the one without), then by package. */
export type Catalogs = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The catalogues of a parsed file: `catalog` is the default one, `catalogs` the named ones, of which `default` is the same as `catalog`. One form for all:
 * pnpm-workspace.yaml (pnpm 9.5+), .yarnrc.yml (Yarn 4.10+), package.json at the top or in `workspaces` (Bun). Entries that are no texts are left out.
 */
export function readCatalogs(catalog: unknown, catalogs: unknown): Catalogs {
  const found = new Map<string, ReadonlyMap<string, string>>();
  const read = new Map<unknown, ReadonlyMap<string, string>>();
  const named = isRecord(catalogs) ? Object.entries(catalogs) : [];
  for (const [name, ranges] of [...named, ['default', catalog] as const]) {
    if (!isRecord(ranges)) continue;
    const texts = read.get(ranges) ?? textsOf(ranges);
    read.set(ranges, texts);
    found.set(name, texts);
  }
  return found;
}

function textsOf(ranges: Record<string, unknown>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, range] of Object.entries(ranges)) if (typeof range === 'string') texts.set(name, range);
  return texts;
}

/**
 * The range that a catalogue gives a name asked for with `catalog:` or `catalog:name`; `null` for other texts, and when the catalogue does not
 * name it or refers on to a catalogue, which every client refuses.
 */
export function rangeOfCatalog(catalogs: Catalogs, installName: string, written: string): string | null {
  const match = /^\s*catalog:(.*)$/s.exec(written);
  if (match === null) return null;
  const range = catalogs.get(match[1]?.trim() || 'default')?.get(installName) ?? null;
  return range === null || /^\s*catalog:/.test(range) ? null : range;
}

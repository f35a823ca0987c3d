import { brotliDecompressSync } from 'node:zlib';

declare const CAUSE_PAGES: string;

/** The hand-written page of a cause (Markdown), by code; `null` when there is none. The build packs docs/causes into the bundle. */
export function readPage(code: string): string | null {
  const pages: unknown = JSON.parse(
    brotliDecompressSync(Buffer.from(CAUSE_PAGES, 'base64')).toString('utf8'),
  );
  if (typeof pages !== 'object' || pages === null) return null;
  const page = (pages as Record<string, unknown>)[code];
  return typeof page === 'string' ? page : null;
}

import { readdir, readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';

const folder = new URL('../docs/causes/', import.meta.url);

/** The pages of the causes by code, as one compressed base64 text that the bundle carries (read by src/pages.ts). */
export async function packedCausePages() {
  const names = (await readdir(folder)).filter((name) => /^NP\d+\.md$/.test(name)).sort();
  const pages = {};
  for (const name of names) pages[name.slice(0, -3)] = await readFile(new URL(name, folder), 'utf8');
  return brotliCompressSync(Buffer.from(JSON.stringify(pages))).toString('base64');
}

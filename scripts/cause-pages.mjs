import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../docs/causes/', import.meta.url);

/**
 * The pages of the causes by code, without the generated header: the command `explain` prints its own.
 * @returns {Promise<Record<string, string>>}
 */
export async function causePages() {
  const names = (await readdir(folder)).filter((name) => /^NP\d+\.md$/.test(name)).sort();
  const pages = await Promise.all(
    names.map(async (name) => {
      const text = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
      return [
        name.slice(0, -3),
        text.replace(/^<!-- generated:header -->[\s\S]*?<!-- \/generated -->\n+/, ''),
      ];
    }),
  );
  return Object.fromEntries(pages);
}

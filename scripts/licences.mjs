import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licence texts of every package with a file in the bundle, sorted by name.
 * @param {string[]} inputs files of the bundle, relative to the root
 * @param {string} root
 */
export async function licenceTexts(inputs, root) {
  const folders = new Set(
    inputs.flatMap((input) => input.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const texts = await Promise.all(
    [...folders].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(
        await readFile(join(root, folder, 'package.json'), 'utf8'),
      );
      const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file
        ? (await readFile(join(root, folder, file), 'utf8')).replaceAll('\r\n', '\n').trim()
        : '';
      return `${name} ${version} (${license})\n\n${text}\n`;
    }),
  );
  return texts.join(`\n${'-'.repeat(72)}\n\n`);
}

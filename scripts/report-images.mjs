// Draws docs/images/report-*.png: the page report.html of a failing job, in Chromium. Usage: node scripts/report-images.mjs
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// two folders deep, like the module that it is made of, which finds scripts/ from its own place
const outfile = join(root, 'node_modules', '.report-images', 'draw.mjs');

await build({
  absWorkingDir: root,
  entryPoints: ['test/support/report-images.ts'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outfile,
});
try {
  const { drawReportImages } = await import(pathToFileURL(outfile).href);
  await mkdir(join(root, 'docs', 'images'), { recursive: true });
  await drawReportImages(join(root, 'docs', 'images'));
} finally {
  await rm(join(root, 'node_modules', '.report-images'), { recursive: true });
}

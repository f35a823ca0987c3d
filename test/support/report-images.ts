import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PackageReport, Report } from '../../src/domain/report.ts';
import { renderPage } from '../../src/render/page/report-page.ts';
import { startBrowser, type View } from './browser.ts';
import { gitlabContext } from './report-context.ts';
import { allowlistReport } from './sample-report.ts';
import { temporaryFolder } from './temporary-tree.ts';

/** The report of the pictures: the failing job of the tests, with what came of each step. */
function picturedReport(): Report {
  const report = allowlistReport();
  const packages = report.packages.map((item): PackageReport => {
    const absent = item.name === '@flashcake/icons';
    const metadata = absent ? 'failed' : 'ok';
    const tarball = absent ? 'skipped' : item.status;
    return { ...item, checks: { mapped: 'ok', credential: 'ok', metadata, tarball } };
  });
  return { ...report, packages };
}

const views: Readonly<Record<string, View>> = {
  'report-light': { width: 1040, height: 1540, media: { 'prefers-color-scheme': 'light' } },
  'report-phone-dark': { width: 390, height: 844, scale: 1.25, media: { 'prefers-color-scheme': 'dark' } },
};

/** Draws the pictures of the report's page into a folder. */
export async function drawReportImages(into: string): Promise<void> {
  const folder = temporaryFolder();
  const browser = await startBrowser();
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, renderPage(picturedReport(), { ...gitlabContext, version: '0.1.0' }));
    for (const [name, view] of Object.entries(views)) {
      const page = await browser.open(pathToFileURL(file).href, view);
      writeFileSync(join(into, `${name}.png`), await page.screenshot());
      await page.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

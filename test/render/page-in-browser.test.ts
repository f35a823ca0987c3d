import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderJunit } from '../../src/render/junit.ts';
import { problemPage, renderPage } from '../../src/render/page/report-page.ts';
import { type Browser, type Page, startBrowser, type View } from '../support/browser.ts';
import { fullReport } from '../support/full-report.ts';
import { gitlabContext } from '../support/report-context.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from '../support/sample-report.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';

const long = `@${'a'.repeat(80)}/${'b'.repeat(120)}`;
const hostile =
  '<script>document.title="gone"</script><img src="https://evil.test/x" onerror="document.title=1">';

/** The page of so many packages, of which three in a hundred fail. */
function pageOf(count: number): string {
  const packages = Array.from({ length: count }, (_, at) => {
    const status = at < count * 0.03 ? 'failed' : 'ok';
    const checks = { mapped: 'ok', credential: 'ok', metadata: 'ok', tarball: status } as const;
    return samplePackage({ name: `@acme/part-${at}`, status, checks });
  });
  const names = packages.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const report = sampleReport({ verdict: 'fail', packages, findings: [sampleFinding({ packages: names })] });
  return renderPage(report, gitlabContext);
}

const pages: Readonly<Record<string, string>> = {
  failing: renderPage(allowlistReport(), gitlabContext),
  full: renderPage(fullReport(), gitlabContext),
  clean: renderPage(sampleReport(), gitlabContext),
  empty: renderPage(sampleReport({ packages: [] }), gitlabContext),
  folded: pageOf(60),
  long: renderPage(
    sampleReport({
      packages: [samplePackage({ name: long, registry: `https://x.test/${'c'.repeat(300)}`, prefix: null })],
      findings: [sampleFinding({ packages: [long], seen: 'd'.repeat(500), title: 'e'.repeat(300) })],
    }),
    gitlabContext,
  ),
  hostile: renderPage(
    sampleReport({
      packages: [samplePackage({ name: hostile })],
      findings: [sampleFinding({ title: hostile, packages: [hostile], seen: hostile })],
    }),
    gitlabContext,
  ),
  problem: problemPage({ message: 'no JSON', hint: 'mend it', file: 'package.json', line: 3 }, gitlabContext),
};

const views: readonly (readonly [string, View])[] = [
  ['desktop, light', { width: 1280, height: 900, media: { 'prefers-color-scheme': 'light' } }],
  ['desktop, dark', { width: 1280, height: 900, media: { 'prefers-color-scheme': 'dark' } }],
  ['phone, light', { width: 360, height: 740, media: { 'prefers-color-scheme': 'light' } }],
  ['phone, dark', { width: 360, height: 740, media: { 'prefers-color-scheme': 'dark' } }],
];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = temporaryFolder();
/** The browser comes from the packages of a Debian-like system. */
const linux = process.platform === 'linux';
let browser: Browser;

beforeAll(async () => {
  if (linux) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The address of a page as a file. */
function fileOf(name: string, text = pages[name] ?? ''): string {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

/** Every page wide and narrow, light and dark; the one that has everything in all four. */
const looks = Object.keys(pages).flatMap((name) =>
  views
    .filter((_, at) => name === 'full' || at === 0 || at === 3)
    .map(([view, of]) => [name, view, of] as const),
);

/** What axe-core finds wrong with a page. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))",
  );
}

describe.runIf(linux)('every page', () => {
  it('is looked at by eyes that see faults', async () => {
    const faulty =
      '<title>npmrc-preflight</title><p style="color:#bbb">hard to read</p><img src="https://evil.test/x"><b style="padding-left:3000px">';
    const page = await browser.open(fileOf('faulty', faulty), views[0]?.[1] ?? { width: 800, height: 600 });
    expect((await faultsOf(page)).map((fault) => fault.split(':')[0])).toEqual(
      expect.arrayContaining(['color-contrast', 'image-alt', 'html-has-lang']),
    );
    expect(page.requests).toContain('https://evil.test/x');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeGreaterThan(3000);
    await page.close();
  });

  it.each(looks)('%s, %s: fits, asks nobody, and keeps the rules of accessibility', async (name, _, view) => {
    const url = fileOf(name);
    const page = await browser.open(url, view);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(view.width);
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      view.width,
    );
    expect(await faultsOf(page)).toEqual([]);
    expect(page.requests).toEqual([url]);
    expect(page.complaints).toEqual([]);
    expect(await page.evaluate<string>('document.title')).toContain('npmrc-preflight');
    await page.close();
  });
});

describe.runIf(linux)('what the page does', () => {
  const [, desktop] = views[0] ?? ['', { width: 1280, height: 900 }];
  const clickFirst = `new Promise((done) => {
    const button = document.querySelector('.copy button');
    button.click();
    const look = () => (button.textContent === 'Copy' ? requestAnimationFrame(look) : done(button.textContent));
    look();
  })`;

  it.each(['a file', 'an artifact'])('copies a cure from %s', async (place) => {
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end(pages.full),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const page = await browser.open(
      place === 'a file' ? fileOf('full') : `http://127.0.0.1:${port}/report.html`,
      desktop,
    );
    expect(await page.evaluate<string>(clickFirst)).toBe('Copied');
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('a=c\nd=e');
    expect(await page.evaluate<string>('document.getElementById("said").textContent')).toBe('Copied');
    await page.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('finds packages by name among very many, folded ones too', async () => {
    const page = await browser.open(fileOf('many', pageOf(1000)), desktop);
    const shown = () =>
      page.evaluate<number>(
        '[...document.querySelectorAll("tr[data-name]")].filter((row) => row.checkVisibility()).length',
      );
    expect(await shown()).toBe(30);
    await page.evaluate(
      'const f = document.getElementById("filter"); f.value = "PART-77"; f.dispatchEvent(new Event("input"))',
    );
    expect(await shown()).toBe(11);
    expect(await page.evaluate<string>('document.getElementById("said").textContent')).toBe(
      '11 of 1000 shown',
    );
    await page.close();
  });

  it('says the same without scripts, with no button that does nothing', async () => {
    const page = await browser.open(fileOf('many', pageOf(1000)), { ...desktop, scripts: false });
    const text = await page.evaluate<string>('document.body.innerText');
    expect(text).toContain('is not on the job token allowlist');
    expect(await page.evaluate<number>('document.querySelectorAll("button").length')).toBe(0);
    expect(await page.evaluate<boolean>('document.getElementById("filter").checkVisibility()')).toBe(false);
    await page.close();
  });
});

describe.runIf(linux)('JUnit', () => {
  it.each([hostile, '\u0000\u001b\ufffe\uffff\ud800', ']]>', '<!-- & &amp; "\'', 'a\r\nb\tc'])(
    'is XML whatever the texts are: %j',
    async (attack) => {
      const report = sampleReport({
        packages: [samplePackage({ name: attack, status: 'failed' })],
        findings: [sampleFinding({ packages: [attack], title: attack, seen: attack })],
      });
      const page = await browser.open(fileOf('clean'), { width: 800, height: 600 });
      const parsed = await page.evaluate<{ error: boolean; names: string[] }>(
        `(() => { const d = new DOMParser().parseFromString(${JSON.stringify(renderJunit(report, gitlabContext))}, 'application/xml');
          return { error: d.querySelector('parsererror') !== null, names: [...d.querySelectorAll('*')].map((e) => e.localName) } })()`,
      );
      expect(parsed).toEqual({ error: false, names: ['testsuites', 'testsuite', 'testcase', 'failure'] });
      await page.close();
    },
  );
});

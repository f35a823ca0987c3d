import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { problemPage, renderPage } from '../../src/render/page/report-page.ts';
import { fullReport } from '../support/full-report.ts';
import { poison as poisonTexts } from '../support/poison.ts';
import { gitlabContext } from '../support/report-context.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from '../support/sample-report.ts';

const page = (report: Report) => renderPage(report, gitlabContext);

/** Every tag of a page, without its text. */
function tagsOf(text: string): readonly string[] {
  const body = text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>');
  return body.match(/<[a-z!/][^>]*>/gi) ?? [];
}

const wordOf = (tag: string) => /^<\/?([a-z!]+)/i.exec(tag)?.[1] ?? '';

describe('renderPage', () => {
  it('lets in its own style and script only, by their digests', () => {
    const text = page(fullReport());
    const part = (name: string) => new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? '';
    const digest = (of: string) => `sha256-${createHash('sha256').update(of).digest('base64')}`;
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src '${digest(part('style'))}'; script-src '${digest(part('script'))}'; base-uri 'none'; form-action 'none'`,
    );
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(part('style')).not.toMatch(/url\(|@import/);
    expect(tagsOf(text).filter((tag) => /\s(?:src|srcset|style|on\w+)=/i.test(tag))).toEqual([]);
  });

  it('says verdict, cause, cure and place', () => {
    const text = page(allowlistReport());
    for (const part of [
      '<title>✗ 3 of 41 private packages would fail: npmrc-preflight</title>',
      '<h3 id="NP301-title">flashcake/my-project is not on the job token allowlist of project 324</h3>',
      'href="https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access" rel="noreferrer"',
      '&quot;PRIVATE-TOKEN: …&quot; --data target_project_id=512',
      'data-copy="    &quot;@flashcake/icon&quot;: &quot;^0.4.0&quot;"',
      '<code>package.json:7:6</code>',
      '<summary>38 packages without a fault</summary>',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('names two findings of a cause apart', () => {
    const text = page(
      sampleReport({ findings: [sampleFinding(), sampleFinding(), sampleFinding({ code: 'NP302' })] }),
    );
    expect([...text.matchAll(/<article [^>]*id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      'NP301',
      'NP301-2',
      'NP302',
    ]);
  });

  it('copies edits with the blanks and tabs that belong there', () => {
    const edit = { file: 'package.json', line: 3, before: null, after: '\t"a": "1",\n\t"b": "2"' };
    const remedy = { who: '', summary: 'change it', steps: [], edit };
    const text = page(sampleReport({ findings: [sampleFinding({ remedy })] }));
    expect(text).toContain('data-copy="\t&quot;a&quot;: &quot;1&quot;,\n\t&quot;b&quot;: &quot;2&quot;"');
  });

  it('leaves the rest of very many packages to the data', () => {
    const packages = Array.from({ length: 100_000 }, (_, at) =>
      samplePackage({ name: `@a/p${at}`, status: at % 2 ? 'ok' : 'failed' }),
    );
    const text = page(
      sampleReport({ packages, findings: [sampleFinding({ packages: packages.map(({ name }) => name) })] }),
    );
    expect(text.length).toBeLessThan(5_000_000);
    expect(text).toContain('95000 more in report.json.');
  });
});

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><script>alert(1)</script>',
  '</style></script><script>alert(1)</script>',
  '<!--',
  ']]>',
  '&lt;b&gt;&#x3c;',
  'javascript:alert(1)',
  'https://evil.test/"onclick="alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'user\u202egnp.exe',
  'a\u0000b\u001b[2J',
  '\ufffe\ud800',
  '<a href=javascript:alert(1)>',
  'java\tscript:alert(1)',
  '--><base href=//evil.test>',
];

function poison<T>(data: T, attack: string): T {
  return poisonTexts(data, attack, { free: ['code', 'cause'] });
}

/** How often a page has each element that a text of ours never makes more of. */
function framework(text: string): Readonly<Record<string, number>> {
  const words = tagsOf(text).map(wordOf);
  const counted = [
    '!doctype',
    'html',
    'head',
    'meta',
    'title',
    'style',
    'script',
    'body',
    'main',
    'svg',
    'h1',
    'article',
  ];
  return Object.fromEntries(counted.map((word) => [word, words.filter((one) => one === word).length]));
}

describe('hostile texts', () => {
  const clean = page(poison(fullReport(), 'x') as Report);
  const own = new Set([...tagsOf(clean).map(wordOf), 'p', 'a', 'br']);

  it.each(attacks)('%j stays a text', (attack) => {
    expectHarmless(page(poison(fullReport(), attack) as Report));
    const text = problemPage({ message: attack, hint: attack, file: attack, line: 1 }, gitlabContext);
    expect(tagsOf(text).map(wordOf)).toEqual(
      tagsOf(problemPage({ message: 'x', hint: 'x', file: 'x', line: 1 }, gitlabContext)).map(wordOf),
    );
  });

  it('any text does', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(...attacks, '"', '<', '&', "'"),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        expectHarmless(page(poison(fullReport(), parts.join('')) as Report));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['https://user:pass@gitlab.example.com/', false],
    ['file:///etc/passwd', false],
    ['https://gitlab.example.com/x', true],
  ])('leads to %s: %s', (url, leads) => {
    const remedy = { who: '', summary: 'see', steps: [], url };
    const text = page(sampleReport({ findings: [sampleFinding({ remedy })] }));
    expect(text.includes('<a ')).toBe(leads);
  });

  it('makes no link of what a server says', () => {
    const evidence = [
      { probe: 'metadata', url: 'https://evil.test/', status: 403, message: 'go to https://evil.test/' },
    ];
    const seen = 'the body says "go to https://evil.test/"';
    expect(page(sampleReport({ findings: [sampleFinding({ evidence, seen })] }))).not.toContain('<a ');
  });

  /** No element or attribute of the attack's own, only web addresses to go to, nothing that can't be seen. */
  function expectHarmless(text: string) {
    expect(framework(text)).toEqual(framework(clean));
    expect(
      tagsOf(text)
        .map(wordOf)
        .filter((word) => !own.has(word)),
    ).toEqual([]);
    for (const tag of tagsOf(text)) {
      expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\s(?:on\w+|style|src)=|'/i);
      const href = /\shref="([^"]*)"/.exec(tag)?.[1];
      if (href !== undefined) expect(href).toMatch(/^https?:\/\/[^@]*$/);
    }
    expect(text.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  }
});

import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { renderSummary, summaryLimit } from '../../src/render/summary.ts';
import {
  blockMarkdown,
  linkMarkdown,
  plainMarkdown,
  plainWithLinks,
} from '../../src/render/summary-markdown.ts';
import { fullReport } from '../support/full-report.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from '../support/sample-report.ts';

const page = (code: string) =>
  `https://github.example.com/acme/npmrc-preflight/blob/v1/docs/causes/${code}.md`;

const attacks = [
  '<script>alert(1)</script>',
  '</details></table><img src=x onerror=alert(1)>',
  '<!-- hidden',
  '[click](https://evil.example/)',
  '![pixel](https://evil.example/p.png)',
  '[a]: https://evil.example/',
  '<https://evil.example/>',
  'https://evil.example/ www.evil.example user@evil.example',
  '`code` ``` ~~~ ````',
  '```\n# heading\n```',
  '| cell | cell |\n|---|---|',
  '\\| \\` \\[',
  '# heading',
  '- item',
  '1. item',
  '    indented',
  '> quote',
  '**bold** __bold__ _i_ ~~s~~',
  '---',
  '===',
  '&lt;b&gt; &#60;b&#62;',
  '@acme/everyone #1 :tada: $x$',
  '\u202eevil\u200b\x1b[31m\0',
];

/** What a page is made of, without its plain text: kinds of blocks and marks, link targets, raw HTML. */
function structure(markdown: string): readonly string[] {
  const found: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (['text', 'space', 'escape', 'paragraph', 'list_item'].includes(token.type)) return;
    if (token.type === 'html') found.push(`html ${token.raw.trim()}`);
    else if (token.type === 'link' || token.type === 'image')
      found.push(`${token.type} ${(token as Tokens.Link).href}`);
    else if (token.type === 'table') found.push(`table ${(token as Tokens.Table).rows.length}`);
    else if (token.type === 'list') found.push(`list ${(token as Tokens.List).items.length}`);
    else found.push(token.type);
  });
  return found;
}

/** Every free text of a report's findings and packages behind, and in front of, an attack. */
function poisoned(attack: string) {
  const finding = sampleFinding({
    title: `${attack} title ${attack}`,
    seen: `${attack} seen ${attack}`,
    packages: [attack, `${attack}b`],
    location: { file: `${attack}/package.json`, line: 1, column: 1 },
    remedy: {
      who: attack,
      summary: `${attack} summary`,
      steps: [attack, `a ${attack}`],
      edit: { file: attack, line: 2, before: attack, after: `${attack}\n${attack}` },
      command: attack,
      request: { method: 'POST', url: 'https://gitlab.example.com/api/v4/x', data: { name: attack } },
    },
    alternatives: [attack],
    decidedBy: attack,
  });
  return sampleReport({
    verdict: 'fail',
    findings: [finding],
    packages: [samplePackage({ name: attack, resolved: attack, prefix: null, registry: attack })],
  });
}

describe('the job summary', () => {
  it('says verdict, causes, cures and packages', () => {
    const [first, second, ...others] = allowlistReport().packages;
    const report = { ...allowlistReport(), packages: [first, second, others[0]].flatMap((one) => one ?? []) };
    expect(renderSummary(report, { page })).toBe(`### npmrc-preflight

**✗ 3 of 3 private packages would fail · 2 causes · 52 requests in 0.4 s**

| | code | cause | packages |
|---|---|---|---|
| ❌ error | [NP301](<${page('NP301')}>) | flashcake/my-project is not on the job token allowlist of project 324 | <code>&#64;chaptesi/my-library</code>, <code>&#64;chaptesi/theme</code> |
| ❌ error | [NP501](<${page('NP501')}>) | gitlab.example.com has no package &#64;flashcake/icons | <code>&#64;flashcake/icons</code> |

#### NP301: flashcake/my-project is not on the job token allowlist of project 324

- at <code>package.json&#58;7</code>
- seen: metadata 200, tarball 404 with the same token: alice may read it, this project's token may not

**Cure:** a Maintainer of project 324: add flashcake/my-project to the job token allowlist of project 324

1. a Maintainer of project 324 opens [https&#58;//gitlab.example.com/chaptesi/my-library/&#45;/settings/ci&#95;cd&#35;js-token-access](<https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access>),
2. "Job token permissions" &#62; Add &#62; project "flashcake/my-project" &#40;or group "flashcake"&#41;

\`\`\`sh
curl --request POST --header "PRIVATE-TOKEN: …" --data target_project_id=512 https://gitlab.example.com/api/v4/projects/324/job_token_scope/allowlist
\`\`\`

[About NP301](<${page('NP301')}>)

#### NP501: gitlab.example.com has no package &#64;flashcake/icons

- at <code>package.json&#58;9</code>
- seen: metadata 404, packages API 200 and empty

**Cure:** whoever publishes the package: publish &#64;flashcake/icons, or correct the name

1. the nearest name there is &#64;flashcake/icon

Change <code>package.json&#58;9</code>:

\`\`\`diff
-    "@flashcake/icons": "^0.4.0"
+    "@flashcake/icon": "^0.4.0"
\`\`\`

[About NP501](<${page('NP501')}>)

<details><summary>Private packages (3)</summary>

| | package | version | registry |
|---|---|---|---|
| ❌ would fail | <code>&#64;chaptesi/my-library</code> | <code>1&#46;2.3</code> | instance prefix |
| ❌ would fail | <code>&#64;chaptesi/theme</code> | <code>2&#46;0.0</code> | instance prefix |
| ❌ would fail | <code>&#64;flashcake/icons</code> | <code>0&#46;4.1</code> | instance prefix |

</details>
`);
  });

  it('is short where nothing is wrong, and says which folder it is about', () => {
    const text = renderSummary(sampleReport({ packages: [] }), { heading: 'npmrc-preflight in apps/web' });
    expect(text).toBe(
      '### npmrc-preflight in apps/web\n\n**✓ no private package found · 2 requests in 0.2 s**\n',
    );
  });

  it.each(attacks)('keeps its form around %j', (attack) => {
    const plain = structure(renderSummary(poisoned('x'), { page }));
    const links = (list: readonly string[]) => list.filter((one) => !one.startsWith('link https://evil'));
    expect(links(structure(renderSummary(poisoned(attack), { page })))).toEqual(plain);
  });

  it('keeps its form around any text', () => {
    const plain = structure(renderSummary(poisoned('x')));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'`~|<>[]()!*_#-+=.:&;\\ \nab1/@"'), maxLength: 24 }),
        (text) => {
          expect(structure(renderSummary(poisoned(`x${text}`)))).toEqual(plain);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('shows a text as it is', () => {
    for (const attack of attacks.filter((text) => /^[\x20-\x7e]+$/.test(text))) {
      const html = marked.parseInline(plainMarkdown(attack)) as string;
      const named: Record<string, string> = { quot: '"', lt: '<', gt: '>', amp: '&' };
      const shown = html.replace(
        /&(?:#(\d+)|(\w+));/g,
        (_, code?: string, name = '') => (code ? String.fromCharCode(Number(code)) : named[name]) ?? '',
      );
      expect(shown).toBe(attack.trim().replace(/\s+/g, ' '));
    }
  });

  it('links what is an address of the web, and nothing else', () => {
    expect(linkMarkdown('a', 'javascript:alert(1)')).toBe('a');
    expect(linkMarkdown('a', 'https://x.example/)>"b c')).toBe('[a](<https://x.example/)%3E%22b%20c>)');
    expect(plainWithLinks('open https://x.example/a, then')).toBe(
      'open [https&#58;//x.example/a](<https://x.example/a>), then',
    );
  });

  it('fences a block by more than is in it', () => {
    expect(blockMarkdown('a\n````\nb', 'text')).toBe('`````text\na\n````\nb\n`````');
  });

  it('keeps to the limit, and says what it left out', () => {
    const packages = Array.from({ length: 30_000 }, (_, index) =>
      samplePackage({ name: `@acme/part-${index}` }),
    );
    const text = renderSummary(sampleReport({ packages, findings: [sampleFinding()] }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(summaryLimit);
    expect(Buffer.byteLength(text)).toBeGreaterThan(summaryLimit * 0.97);
    const missing = /_(\d+) packages do not fit on this page/.exec(text)?.[1];
    expect(text.match(/would install \|/g)?.length).toBe(30_000 - Number(missing));
    expect(text).toContain('NP301');
  });

  it('leaves out findings only when even they do not fit', () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      sampleFinding({ title: `${index} ${'x'.repeat(500)}` }),
    );
    const text = renderSummary(sampleReport({ findings }), { limit: 20_000 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    expect(text).toMatch(/_\d+ findings do not fit on this page/);
  });

  it('takes every field that a report may have', () => {
    expect(renderSummary(fullReport())).not.toContain('undefined');
  });
});

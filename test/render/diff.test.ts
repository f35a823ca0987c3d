import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderUnifiedDiff, unifiedDiff, withoutLiteralSecrets } from '../../src/render/diff.ts';
import { palette } from '../../src/render/palette.ts';

function diff(before: string | null, after: string): string {
  return unifiedDiff({ path: '.npmrc', before, after });
}

describe('unifiedDiff', () => {
  it('is empty for equal texts', () => {
    expect(diff('a\n', 'a\n')).toBe('');
    expect(diff('', '')).toBe('');
  });

  it('of a new file', () => {
    expect(diff(null, 'a\nb\n')).toBe('--- (absent)\n+++ .npmrc\n@@ -0,0 +1,2 @@\n+a\n+b\n');
  });

  it('of changes near each other and far apart', () => {
    const lines = Array.from({ length: 24 }, (_, index) => `line ${index + 1}\n`);
    const changed = lines
      .map((line, index) => (index === 4 || index === 21 ? `new ${index + 1}\n` : line))
      .filter((_, index) => index !== 6);
    expect(diff(lines.join(''), changed.join(''))).toBe(`--- .npmrc
+++ .npmrc
@@ -2,9 +2,8 @@
 line 2
 line 3
 line 4
-line 5
+new 5
 line 6
-line 7
 line 8
 line 9
 line 10
@@ -19,6 +18,6 @@
 line 19
 line 20
 line 21
-line 22
+new 22
 line 23
 line 24
`);
  });

  it('tells of a missing last line end', () => {
    expect(diff('a', 'a\n')).toBe(
      '--- .npmrc\n+++ .npmrc\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n',
    );
  });

  it('can be applied again: any two texts', () => {
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', '-x\n', '+y\n', ' z\r\n', '@@\n'), { maxLength: 40 })
      .map((lines) => lines.join(''));
    fc.assert(
      fc.property(text, text, fc.boolean(), (before, after, cut) => {
        const end = cut ? `${after}tail` : after;
        expect(applied(before, diff(before, end))).toBe(end);
      }),
    );
  });

  it('copes with texts too large to compare line by line', () => {
    const before = Array.from({ length: 3000 }, (_, index) => `a${index}\n`).join('');
    const after = Array.from({ length: 3000 }, (_, index) => `b${index}\n`).join('');
    expect(applied(before, diff(before, after))).toBe(after);
  });

  it('hides literal credentials in every line, and only those', () => {
    const before = '//a.test/:_authToken=literal-secret\nproxy=http://bob:hunter2@proxy.test/\nx=1\n';
    const text = diff(before, `${before}//b.test/:_authToken=\${CI_JOB_TOKEN}\n`);
    expect(text).toContain(' //a.test/:_authToken=…\n');
    expect(text).toContain(' proxy=http://…@proxy.test/\n');
    expect(text).toContain('+//b.test/:_authToken=${CI_JOB_TOKEN}\n');
    expect(text).not.toMatch(/literal-secret|hunter2|bob/);
  });
});

describe('withoutLiteralSecrets', () => {
  it.each([
    ['_auth = "Ym9iOnB3"', '_auth = …'],
    ['//a.test/:_password=cHc=\r', '//a.test/:_password=…\r'],
    ['    npmAuthToken: "abc"', '    npmAuthToken: …'],
    ['"//a.test/:_authToken" "abc"', '"//a.test/:_authToken" …'],
    ['//a.test/:_authToken=abc${X}', '//a.test/:_authToken=…'],
    ['//a.test/:_authToken="${X}"', '//a.test/:_authToken="${X}"'],
    ['always-auth=true', 'always-auth=true'],
    ['@acme:registry=https://a.test/@acme/', '@acme:registry=https://a.test/@acme/'],
    ['registry=https://token@a.test/', 'registry=https://…@a.test/'],
  ])('%s', (line, safe) => {
    expect(withoutLiteralSecrets(line)).toBe(safe);
  });
});

it('colours added and removed lines', () => {
  const lines = renderUnifiedDiff('--- a\n+++ a\n@@ -1,1 +1,1 @@\n-x\n+y\n', palette(true));
  expect(lines).toEqual([
    '\x1b[1m--- a\x1b[0m',
    '\x1b[1m+++ a\x1b[0m',
    '\x1b[36m@@ -1,1 +1,1 @@\x1b[0m',
    '\x1b[31m-x\x1b[0m',
    '\x1b[32m+y\x1b[0m',
  ]);
});

/** The text that a diff makes of another, as patch would: every context and removed line must be there. */
function applied(before: string, of: string): string {
  if (of === '') return before;
  const source = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  const lines = of.replace(/\n$/, '').split('\n').slice(2);
  for (const [index, line] of lines.entries()) {
    const hunk = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line);
    const open = lines[index + 1]?.startsWith('\\') ? '' : '\n';
    if (hunk) {
      const start = Number(hunk[2]) === 0 ? Number(hunk[1]) : Number(hunk[1]) - 1;
      result.push(...source.slice(at, start));
      at = start;
    } else if (line.startsWith('+')) result.push(line.slice(1) + open);
    else if (!line.startsWith('\\')) {
      expect(source[at]).toBe(line.slice(1) + open);
      if (line.startsWith(' ')) result.push(source[at] ?? '');
      at++;
    }
  }
  return [...result, ...source.slice(at)].join('');
}

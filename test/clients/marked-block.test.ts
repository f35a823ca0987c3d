import { describe, expect, test } from 'vitest';
import { settledBlocks, withBlock, withoutBlocks } from '../../src/clients/marked-block.ts';

const open = '# >>> npmrc-preflight';
const close = '# <<< npmrc-preflight';

describe('taking blocks out', () => {
  test.each([
    ['one', `a\n${open}: note\nx\n${close}\nb\n`, 'a\nb\n'],
    ['two', `${open}\nx\n${close}\na\n${open}\ny\n${close}\n`, 'a\n'],
    ['one in another', `a\n${open}\nx\n${open}\ny\n${close}\nz\n${close}\nb`, 'a\nb'],
    ['one at the end without a line end', `a\r\n${open}\r\nx\r\n${close}`, 'a'],
    ['indented ones', `a:\n  ${open}\n  b: 1\n  ${close}\n`, 'a:\n'],
    ['one behind a byte order mark', `\ufeff${open}\nx\n${close}\na`, '\ufeffa'],
    ['but no mark without a partner', `${close}\na\n${open}\nb`, `${close}\na\n${open}\nb`],
    ['but no word that only begins like one', `${open}s\nx\n${close}s\n`, `${open}s\nx\n${close}s\n`],
  ])('%s', (_, text, expected) => {
    expect(withoutBlocks(text)).toBe(expected);
  });

  test('of a file that is made of them', () => {
    const text = `${'a\n'.repeat(50_000)}${`${open}\n${close}\n`.repeat(50_000)}`;
    expect(withoutBlocks(text)).toBe('a\n'.repeat(50_000));
    expect(withoutBlocks(settledBlocks(text))).toHaveLength(settledBlocks(text).length);
  });
});

test('settled blocks keep their lines and are none any more', () => {
  const text = withBlock('a=1\n', ['b=2'], 4);
  const settled = settledBlocks(text);
  expect(settled.split('\n')).toHaveLength(text.split('\n').length);
  expect(settled).toContain('b=2\n');
  expect(withoutBlocks(settled)).toBe(settled);
  expect(withoutBlocks(text)).toBe('a=1\n');
});

import { describe, expect, it } from 'vitest';
import { settledBlocks, withBlock, withoutBlocks } from '../../src/clients/marked-block.ts';

describe('the block of an earlier step', () => {
  it.each(['', 'a=1\n', 'a=1', 'a=1\r\nb=2\r\n', '\uFEFFa=1\n'])(
    'becomes ordinary lines behind %j',
    (user) => {
      const text = withBlock(user, ['@acme:registry=https://npm.example/', 'k=v'], user.length);
      const settled = settledBlocks(text);
      expect(withoutBlocks(settled)).toBe(settled);
      expect(settled.split(/\r?\n/)).toHaveLength(text.split(/\r?\n/).length);
      expect(settled).toContain('@acme:registry=https://npm.example/');
      expect(settled.split(/\r?\n/).filter((line) => /^\W*# [<>]{3}/.test(line))).toEqual([]);
      expect(settledBlocks(settled)).toBe(settled);
      const again = withBlock(settled, ['x=y'], settled.length);
      expect(withoutBlocks(again)).toBe(settled);
    },
  );

  it('leaves everything else, and marks without a partner', () => {
    for (const text of ['a=1\n', '# >>> npmrc-preflight\na=1\n', '# <<< npmrc-preflight\n'])
      expect(settledBlocks(text)).toBe(text);
  });
});

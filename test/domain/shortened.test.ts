import { expect, test } from 'vitest';
import { shortened } from '../../src/domain/shortened.ts';

const token = 'glcbt-64_Zq7xV3wK9pTfLm2RbNc8';

test.each([
  ['as long as it may be', 'one two', 7, 'one two'],
  ['cut between words', 'one two three', 8, 'one two…'],
  ['cut in a word, which goes', 'one two three', 10, 'one two…'],
  ['cut in a token, which goes', `you sent ${token}, which is wrong`, 20, 'you sent…'],
  ['one word too long', token, 12, '…'],
])('%s', (_, text, most, expected) => {
  expect(shortened(text, most)).toBe(expected);
});

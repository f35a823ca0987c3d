import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, printable } from '../../src/domain/redaction.ts';
import { Secret } from '../../src/domain/secret.ts';

const token = 'glcbt-64_s3cr/t+"key~!';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const redact = (...values: string[]) => createRedactor(values.map((value) => new Secret(value)));

describe('a secret is hidden', () => {
  test.each([
    ['as it is', token],
    ['in base64', base64(token)],
    ['in base64 without padding', base64(token).replace(/=+$/, '')],
    ['behind gitlab-ci-token', base64(`gitlab-ci-token:${token}`)],
    ['behind oauth2', base64(`oauth2:${token}`)],
    ['behind x-access-token', base64(`x-access-token:${token}`)],
    ['before an empty password', base64(`${token}:`)],
    ['in base64 for URLs', Buffer.from(token).toString('base64url')],
    ['percent-encoded', encodeURIComponent(token)],
    ['percent-encoded, lower case', encodeURIComponent(token).replace(/%../g, (code) => code.toLowerCase())],
    ['percent-encoded strictly', encodeURIComponent(token).replace('!', '%21')],
    ['JSON-escaped', JSON.stringify(token).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(token)).slice(3, -3)],
  ])('%s', (_, form) => {
    expect(redact(token)(`a ${form} b`)).toBe('a [secret] b');
  });

  test('behind any user name at all', () => {
    for (const user of ['a', 'ab', 'abc', 'jane.doe']) {
      const hidden = redact(token)(base64(`${user}:${token}`));
      expect(hidden).toContain('[secret]');
      expect(Buffer.from(hidden, 'base64').toString()).not.toContain(token.slice(0, 6));
    }
  });

  test('in every place, whichever of several it is, the longest first', () => {
    const hide = redact('abcdef', 'abcdefgh', 'uvwxyz');
    expect(hide('abcdefgh,uvwxyz,abcdef,abcdefgh')).toBe('[secret],[secret],[secret],[secret]');
  });

  test('as one where two overlap', () => {
    expect(redact('abcdefgh', 'efghijkl')('xabcdefghijkly')).toBe('x[secret]y');
  });

  test('when only its trimmed text or one of its lines shows', () => {
    expect(redact('token-one\n')('is token-one.')).toBe('is [secret].');
    expect(redact('first-line\nsecond-line')('is second-line.')).toBe('is [secret].');
  });

  test('when it is an encoded pair and the password shows', () => {
    expect(redact(base64('jane:hunter2hunter2'))('it is hunter2hunter2')).toBe('it is [secret]');
  });
});

describe('left alone is', () => {
  test.each(['', 'abc', 'abcde'])('a secret as short as %j', (value) => {
    expect(redact(value)('abc abcde xyz')).toBe('abc abcde xyz');
  });

  test('a text without secrets, one with part of a secret, and any text when there is none', () => {
    expect(redact(token)('glcbt-64 and more')).toBe('glcbt-64 and more');
    expect(createRedactor([])('anything')).toBe('anything');
  });
});

test('no text holds a secret afterwards', () => {
  const secret = fc.string({ minLength: 6, maxLength: 40, unit: 'binary' });
  fc.assert(
    fc.property(secret, secret, fc.string(), fc.string(), (one, two, before, after) => {
      const hidden = redact(one, two)(`${before}${one}${after}${two}${one}`);
      const rest = hidden.replaceAll('[secret]', '\0');
      for (const value of [one, two])
        if (!'[secret]'.includes(value) && !value.includes('\0')) expect(rest).not.toContain(value);
    }),
  );
});

test.each([
  ['plain text stays: äöü 漢字 🦊 \\ "', 'plain text stays: äöü 漢字 🦊 \\ "'],
  ['a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\u001b]8;;https://x.example\u0007link', '\\x1b]8;;https://x.example\\x07link'],
  ['\u009b31m', '\\x9b31m'],
  ['a\u202egnp.exe', 'a\\u202egnp.exe'],
  ['a\u2066b\u2069\u200f\u061c', 'a\\u2066b\\u2069\\u200f\\u061c'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['line\u2028end\u2029', 'line\\u2028end\\u2029'],
  ['half \ud800 pair', 'half \\ud800 pair'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  ['\0', '\\x00'],
])('%j is printed as %j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

import { expect, it } from 'vitest';
import { percentDecoded, percentEncoded } from '../../src/domain/percent-form.ts';

it.each([
  ['a%2Fb', 'a/b'],
  ['a%2fb%20c', 'a/b c'],
  ['%E0%A4%A', '%E0%A4%A'],
  ['100%', '100%'],
  ['', ''],
])('decodes %j to %j', (text, decoded) => expect(percentDecoded(text)).toBe(decoded));

it.each([
  ['acme/ui', 'acme%2Fui'],
  ['\u{1f600}', '%F0%9F%98%80'],
  ['\ud800', '%EF%BF%BD'],
  ['a\udc00b', 'a%EF%BF%BDb'],
])('encodes %j as %j', (text, encoded) => expect(percentEncoded(text)).toBe(encoded));

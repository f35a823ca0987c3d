import { expect, it, vi } from 'vitest';
import { bodyJson } from '../../src/domain/body-json.ts';
import type { AnswerBody } from '../../src/domain/probe.ts';

const text = (content: string): AnswerBody => ({ kind: 'text', text: content, complete: true });

it.each<[string, AnswerBody, unknown]>([
  ['an object', text('{"a":[1]}'), { a: [1] }],
  ['null, which is JSON', text('null'), null],
  ['what is none', text('<html>'), undefined],
  ['nothing', text(''), undefined],
  [
    'the excerpt of a body that was not kept',
    { kind: 'digest', bytes: 9, complete: true, gzip: false, excerpt: '{"a":1}', digests: {} },
    { a: 1 },
  ],
])('reads %s', (_, body, value) => expect(bodyJson(body)).toEqual(value));

it('parses a body once, also one that holds none, and another of the same text for itself', () => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    const [good, bad] = [text('{"a":1}'), text('{"a":')];
    for (let times = 0; times < 5; times += 1) for (const body of [good, bad]) bodyJson(body);
    expect(parse).toHaveBeenCalledTimes(2);
    expect(bodyJson(text('{"a":1}'))).toEqual({ a: 1 });
    expect(parse).toHaveBeenCalledTimes(3);
  } finally {
    parse.mockRestore();
  }
});

import { describe, expect, test } from 'vitest';
import { edge, question } from './support/edge.ts';
import { serve } from './support/servers.ts';

const many = 400;

describe('many requests at once', () => {
  test('leave a few at a time, so that the first is there before the last has left', async () => {
    const http = edge({ concurrency: many });
    const sentBefore: number[] = [];
    const server = await serve((_, response) => {
      sentBefore.push(http.stats().count);
      response.end('{}');
    });
    const asked = Array.from({ length: many }, (_, index) => http.ask(question(`${server.url}/${index}`)));
    const outcomes = await Promise.all(asked);
    expect(sentBefore[0]).toBeLessThan(many);
    expect(outcomes.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(http.stats().count).toBe(many);
  });

  test('are under way when all of them have left, long before they are answered', async () => {
    const http = edge({ concurrency: many });
    const held: (() => void)[] = [];
    const server = await serve((_, response) => void held.push(() => response.end('{}')));
    const asked = Promise.all(
      Array.from({ length: many }, (_, index) => http.ask(question(`${server.url}/${index}`))),
    );
    await http.underWay();
    expect(http.stats().count).toBe(many);
    while (held.length < many) await new Promise(setImmediate);
    for (const answer of held) answer();
    await asked;
  });

  test('are under way at once where there is none', async () => {
    await edge().underWay();
  });
});

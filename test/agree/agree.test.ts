import { describe, expect, it } from 'vitest';
import { runtimeClientIds } from '../support/runtime-clients.ts';
import { agreementLines, playWorlds } from './agree.ts';
import { randomWorld } from './random-world.ts';

/** A few worlds for every client; `npm run agree` plays any number. */
const eachClient = Number(process.env.NPMRC_PREFLIGHT_AGREE ?? 4);

describe('the verdict', () => {
  it('is what the real client does, in worlds drawn at random', { timeout: 600_000 }, async () => {
    const wanted = new Map(runtimeClientIds.map((id) => [id, eachClient]));
    const seeds: number[] = [];
    for (let seed = 1; [...wanted.values()].some((left) => left > 0); seed += 1) {
      const { client } = randomWorld(seed);
      const left = wanted.get(client) ?? 0;
      if (left === 0) continue;
      wanted.set(client, left - 1);
      seeds.push(seed);
    }
    const judgements = await playWorlds({ seeds, parallel: 2 });
    const wrong = judgements.filter(({ agrees }) => !agrees);
    expect(
      wrong.map(({ said }) => said),
      agreementLines(judgements, seeds).join('\n'),
    ).toEqual([]);
    expect(judgements.some(({ client }) => client === 0)).toBe(true);
    expect(judgements.some(({ client }) => client !== 0)).toBe(true);
  });

  it('draws the same world from the same seed, and different ones from different seeds', () => {
    expect(randomWorld(7)).toEqual(randomWorld(7));
    const drawn = new Set(Array.from({ length: 50 }, (_, seed) => JSON.stringify(randomWorld(seed))));
    expect(drawn.size).toBeGreaterThan(45);
  });
});

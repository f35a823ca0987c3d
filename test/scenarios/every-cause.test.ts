import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/domain/cause.ts';
import { allWorlds } from './all-worlds.ts';

/**
 * Causes whose example no answer of GitLab can prove, each with why: it must name them among what is possible (test/proof counts where
 * else the answers leave them open).
 * What the worlds come to is proven in `worlds.test.ts`.
 */
const unprovable: Readonly<Record<string, string>> = {
  'unexplained-answer': 'it is the admission that nothing is proven',
  'fine-grained-permission-missing':
    'an internal project with a closed registry and no entry gives the same answers',
  'outbound-limit': 'a missing entry gives the same answers',
  'fork-run-restricted': 'a missing Actions access gives the same answers',
};

async function allCauses(): Promise<readonly Cause[]> {
  const folder = new URL('../../src/causes/', import.meta.url);
  const modules = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'list.ts');
  const found = await Promise.all(
    modules.map(async (file) => {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      const cause = Object.values(module).find(
        (value): value is Cause => typeof value === 'object' && value !== null && 'weigh' in value,
      );
      if (cause === undefined || `${cause.slug}.ts` !== file)
        throw new Error(`${file} holds no cause of its name`);
      return cause;
    }),
  );
  return found.sort((a, b) => a.code.localeCompare(b.code));
}

const worlds = await allWorlds();
const causes = await allCauses();

describe.each(causes.map((cause) => ({ code: cause.code, slug: cause.slug, cause })))(
  '$code $slug',
  ({ cause }) => {
    const { code, slug } = cause;
    const example = worlds.find(({ name }) => name === cause.example);

    it('has an example world in which it is found, and nothing else beside a crash', () => {
      const found = example?.expected.findings ?? [];
      expect(found.some((line) => line.includes(`${code} `) || line.includes(slug))).toBe(true);
      const confirmed = found.filter((line) => line.includes(`${code} confirmed`));
      expect(confirmed.length > 0, 'confirmed, unless no answer can prove it').toBe(!(slug in unprovable));
      const others = found.filter((line) => !line.includes(`${code} `) && !line.includes(slug));
      expect(slug === 'check-crashed' ? [] : others).toEqual([]);
    });

    it('stays silent in a world that looks like it', () => {
      const near = worlds.filter(({ nearMissOf }) => nearMissOf && slug in nearMissOf);
      expect(near.map(({ name }) => name)).not.toEqual([]);
      for (const world of near) {
        const naming = world.expected.findings.filter(
          (line) => line.includes(`${code} `) || line.includes(slug),
        );
        expect(naming, `${world.name}: ${world.nearMissOf?.[slug]}`).toEqual([]);
      }
    });
  },
);

it('names only causes that exist in near misses', () => {
  const known = new Set(causes.map(({ slug }) => slug));
  const named = worlds.flatMap(({ nearMissOf = {} }) => Object.keys(nearMissOf));
  expect(named.filter((slug) => !known.has(slug))).toEqual([]);
});

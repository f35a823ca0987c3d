import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** What the sources use of a module, by name; `default` where they call the module itself. */
function usedOf(module: string): ReadonlySet<string> {
  const used = new Set<string>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(root, 'src', file), 'utf8');
    const named = new RegExp(`^import \\{([^}]*)\\} from '${module}'`, 'm').exec(text)?.[1] ?? '';
    for (const name of named.split(',')) if (!/^\s*(?:type .*)?$/.test(name)) used.add(name.trim());
    const whole = new RegExp(`^import (\\w+) from '${module}'`, 'm').exec(text)?.[1];
    if (whole === undefined) continue;
    for (const [, name = 'default'] of text.matchAll(
      new RegExp(`(?<![\\w'-])${whole}(?:\\.(\\w+)|\\()`, 'g'),
    ))
      used.add(name);
  }
  return used;
}

describe('the bundle', async () => {
  const script = pathToFileURL(join(root, 'scripts', 'lean-modules.mjs')).href;
  const { usedOfSemver, usedLater, usedBeside } = (await import(script)) as {
    usedBeside: Readonly<Record<string, readonly string[]>>;
    usedOfSemver: Readonly<Record<string, string>>;
    usedLater: Readonly<Record<string, readonly string[]>>;
  };

  it.each([
    ['semver', Object.keys(usedOfSemver)] as const,
    ...Object.entries(usedLater),
    ...Object.entries(usedBeside),
  ])('has everything that the sources use of %s', (module, held) => {
    const used = usedOf(module);
    expect(used.size).toBeGreaterThan(0);
    expect([...used].filter((name) => !held.includes(name))).toEqual([]);
  });
});

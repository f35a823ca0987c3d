import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The functions of semver that the sources call, by name. */
function calledOfSemver(): ReadonlySet<string> {
  const called = new Set<string>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(root, 'src', file), 'utf8');
    const named = /import \{([^}]*)\} from 'semver'/.exec(text)?.[1] ?? '';
    for (const name of named.split(',')) if (name.trim()) called.add(name.trim());
    if (!/import semver from 'semver'/.test(text)) continue;
    for (const [, name = ''] of text.matchAll(/\bsemver\.(\w+)/g)) called.add(name);
  }
  return called;
}

it('leaves in the bundle every function of semver that the sources call', async () => {
  const script = pathToFileURL(join(root, 'scripts', 'lean-modules.mjs')).href;
  const { usedOfSemver } = (await import(script)) as { usedOfSemver: Readonly<Record<string, string>> };
  const called = calledOfSemver();
  expect(called.size).toBeGreaterThan(5);
  expect([...called].filter((name) => !(name in usedOfSemver))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { allWorlds } from '../scenarios/all-worlds.ts';
import { play } from '../scenarios/play.ts';

const worlds = await allWorlds();

/** A world, what becomes of its packages, and the steps: mapped, credential, metadata, tarball. */
const states: readonly (readonly [string, string])[] = [
  ['healthy', 'ok: ok ok ok ok'],
  ['scope-not-mapped', 'failed: failed skipped skipped skipped'],
  ['auth-key-missing', 'failed: ok failed failed skipped'],
  ['variable-unset', 'failed: ok failed failed skipped'],
  ['tarball-prefix-uncovered', 'failed: skipped failed skipped failed'],
  ['allowlist-other-direction', 'failed: ok ok failed skipped'],
  ['version-not-published', 'failed: ok ok failed skipped'],
  ['integrity-mismatch', 'failed: ok ok skipped failed'],
  ['remote-tarball-refused', 'failed: ok ok ok failed'],
  ['server-silent', 'undecided: ok ok undecided skipped'],
];

describe('the steps of an install', () => {
  it.each(states)('%s', async (name, expected) => {
    const world = worlds.find((one) => one.name === name);
    if (!world) throw new Error(`there is no world ${name}`);
    const { report } = await play(world);
    const said = report.packages.map(
      ({ status, checks }) => `${status}: ${Object.values(checks ?? {}).join(' ')}`,
    );
    expect([...new Set(said)]).toEqual([expected]);
  });

  /** Here the client ends at its own configuration, before any step. */
  const stopping = ['client-stops-at-broken-file', 'client-stops-optional', 'registry-reference-refused'];
  it.each(worlds.filter(({ name }) => !stopping.includes(name)))(
    'agree with what becomes of the package: $name',
    async (world) => {
      const { report } = await play(world);
      const odd = report.packages.flatMap(({ name, status, checks }) => {
        const steps = Object.values(checks ?? {});
        const wrong = steps.filter((step) => step === 'failed' || step === 'undecided');
        const agrees =
          status === 'failed' || status === 'undecided' ? wrong.includes(status) : wrong.length === 0;
        return agrees ? [] : [`${name}: ${status}: ${steps.join(' ')}`];
      });
      expect(odd).toEqual([]);
    },
  );
});

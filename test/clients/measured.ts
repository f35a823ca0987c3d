import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClientModule } from '../../src/clients/client-modules.ts';
import { disagreements, type MeasuredRow } from './replay-row.ts';

const root = join(import.meta.dirname, '..', '..');
const truthFolder = process.env.NPMRC_PREFLIGHT_TRUTH ?? join(root, '..', 'shared', 'truth');

/** The measured installs of one client; `known` are those that its module does not follow, each with the reason. */
export interface Measured {
  module: ClientModule;
  rows: unknown;
  least: number;
  known: Readonly<Record<string, string>>;
}

/** Tests that a client's module says of every measured install what was measured, but for the listed ones (at most 1 in 200). */
export function describeMeasured({ module, rows, least, known }: Measured): void {
  const measured = (rows as MeasuredRow[]).flatMap((row) =>
    row.runs.flatMap((run) => run.versions.map((version) => ({ row, run, version }))),
  );
  describe(`${module.name} as measured`, () => {
    it('sends what was measured, where it was measured, in every row but the listed ones', () => {
      const wrong = new Map<string, readonly string[]>();
      for (const { row, run, version } of measured) {
        const found = disagreements(module, row, version, run);
        if (found.length > 0) wrong.set(`${row.name} ${version}`, found);
      }
      const unlisted = [...wrong].filter(([name]) => !(name in known));
      expect(Object.fromEntries(unlisted)).toEqual({});
      expect([...wrong.keys()].sort()).toEqual(Object.keys(known).sort());
      expect(measured.length).toBeGreaterThanOrEqual(least);
      expect(wrong.size / measured.length).toBeLessThan(0.005);
    });

    it.skipIf(!existsSync(join(truthFolder, 'clients.json')))('replays every measured row', () => {
      const script = join(root, 'scripts', 'derive-client-rows.mjs');
      const derived = execFileSync(process.execPath, [script, truthFolder, '--print', module.name], {
        maxBuffer: 2 ** 26,
      });
      expect(rows).toEqual(JSON.parse(derived.toString('utf8')));
    });
  });
}

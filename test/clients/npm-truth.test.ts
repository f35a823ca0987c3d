import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import rows from './npm-rows.json' with { type: 'json' };
import { disagreements, type NpmRow } from './replay-npm-row.ts';

/** Measured installs that the modules do not follow, each with the reason. */
const known: Readonly<Record<string, string>> = {
  'p10-cli-flag 7.24.2': 'command-line options are not looked at',
  'p10-cli-flag 9.9.4': 'command-line options are not looked at',
  'p10-cli-flag 11.21.2': 'command-line options are not looked at',
};
const root = join(import.meta.dirname, '..', '..');
const truthFolder = process.env.NPMRC_PREFLIGHT_TRUTH ?? join(root, '..', 'shared', 'truth');
const measured = (rows as unknown as NpmRow[]).flatMap((row) =>
  row.runs.flatMap((run) => run.versions.map((version) => ({ row, run, version }))),
);

describe('npm as measured', () => {
  it('sends what was measured, where it was measured, in every row but the listed ones', () => {
    const wrong = new Map<string, string[]>();
    for (const { row, run, version } of measured) {
      const found = disagreements(row, version, run);
      if (found.length > 0) wrong.set(`${row.name} ${version}`, found);
    }
    const unlisted = [...wrong].filter(([name]) => !(name in known));
    expect(Object.fromEntries(unlisted)).toEqual({});
    expect([...wrong.keys()].sort()).toEqual(Object.keys(known).sort());
    expect(measured.length).toBeGreaterThanOrEqual(1460);
    expect(wrong.size / measured.length).toBeLessThan(0.005);
  });

  it.skipIf(!existsSync(join(truthFolder, 'clients.json')))('replays every measured row', () => {
    const script = join(root, 'scripts', 'derive-client-rows.mjs');
    const derived = execFileSync(process.execPath, [script, truthFolder, '--print'], { maxBuffer: 2 ** 26 });
    expect(rows).toEqual(JSON.parse(derived.toString('utf8')));
  });
});

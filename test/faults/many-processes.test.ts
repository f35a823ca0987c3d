import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { createRestoreJournal } from '../../src/io/restore-journal.ts';
import { emptyFolder } from '../io/support/folder.ts';

const posix = process.platform !== 'win32';
const original = `registry-of=mine\n${'# padding\n'.repeat(300)}`;

/** A program that writes by way of the journal, restores or only reads, `rounds` times over. */
async function program(folder: string): Promise<string> {
  const path = join(folder, 'worker.cjs');
  await build({
    stdin: {
      contents: `import { readFileSync } from 'node:fs';
        import { createRestoreJournal } from './src/io/restore-journal.ts';
        const [, , does, path, state, rounds] = process.argv;
        const journal = createRestoreJournal(state);
        const read = () => { try { return readFileSync(path, 'utf8'); } catch (error) { if (error.code === 'ENOENT') return null; throw error; } };
        const bad = [];
        for (let round = 0; round < Number(rounds); round += 1) {
          const before = read();
          const mine = (before ?? '').replace(/# block[^]*$/, '');
          if (before !== null && mine !== '' && mine !== ${JSON.stringify(original)}) bad.push(before.length);
          if (does === 'read') continue;
          if (does === 'restore') journal.restoreAll();
          else {
            const after = mine + '# block of ' + does + ' ' + (round % 3) + '\\n' + 'x'.repeat(2000) + '\\n';
            const write = journal.write({ path, before, after, mode: 0o600 });
            if (write.kind === 'failed' && write.reason !== 'changed-meanwhile') bad.push(JSON.stringify(write));
          }
        }
        process.stdout.write(JSON.stringify(bad));`,
      resolveDir: join(import.meta.dirname, '..', '..'),
    },
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  return path;
}

function start(worker: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [worker, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
      });
    }
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}

describe.each([
  ['a file that was there', original],
  ['a file that was not there', null],
])('%s', (_, before) => {
  test.each([
    ['several that write', ['a', 'b', 'c', 'read']],
    ['one that writes and one that restores', ['a', 'restore', 'read']],
  ])('%s at the same time: whole at every moment, and the original comes back', async (_name, roles) => {
    const folder = emptyFolder();
    const home = join(folder, 'home');
    const state = join(folder, 'state');
    const path = join(home, '.npmrc');
    mkdirSync(home);
    if (before !== null) writeFileSync(path, before, { mode: 0o640 });
    const worker = await program(folder);
    const ends = await Promise.all(
      roles.map((role) => start(worker, [role, path, state, role === 'read' ? '4000' : '60'])),
    );
    expect(ends).toEqual(roles.map(() => '[]'));
    const results = createRestoreJournal(state).restoreAll();
    expect(results.filter(({ result }) => result === 'left' || result === 'failed')).toEqual([]);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(before);
    if (posix && before !== null) expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(home)).toEqual(before === null ? [] : ['.npmrc']);
    expect(existsSync(state)).toBe(false);
  });
});

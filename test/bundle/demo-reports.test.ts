import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { builtProgram } from '../hostile/support/built-program.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demo = async (...args: readonly string[]) =>
  runProgram(process.execPath, [await builtProgram(), 'demo', ...args], { cwd: folder, env: {} });

test('the demonstration writes the reports that it is asked for, and nothing else', async () => {
  expect((await demo('role-missing')).code).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
  expect(await demo('role-missing', '--report-dir', 'out')).toMatchObject({ code: 1, stderr: '' });
  expect(readdirSync(folder)).toEqual(['out']);
  expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain('<h1>');
  expect(JSON.parse(readFileSync(join(folder, 'out', 'codequality.json'), 'utf8'))).toMatchObject([
    { check_name: 'npmrc-preflight/NP302', location: { path: 'package.json', lines: { begin: 6 } } },
  ]);
  expect(existsSync(join(folder, 'out', 'report.json'))).toBe(true);
});

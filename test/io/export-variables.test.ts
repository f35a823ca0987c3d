import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportToGitHub } from '../../src/io/export-variables.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'npmrc-preflight-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Reads the file as the runner does: name, delimiter, lines up to the delimiter. */
function variablesIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [name, end] = (lines[at] ?? '').split('<<');
    if (!name || !end) continue;
    const until = lines.indexOf(end, at + 1);
    found[name] = lines.slice(at + 1, until).join('\n');
    at = until;
  }
  return found;
}

describe('exportToGitHub', () => {
  it('adds to what other steps wrote', () => {
    const file = join(folder, 'env');
    writeFileSync(file, 'A<<x\n1\nx\n');
    expect(exportToGitHub(file, { NPM_CONFIG_USERCONFIG: '/t/.npmrc' })).toBeNull();
    expect(variablesIn(readFileSync(file, 'utf8'))).toEqual({ A: '1', NPM_CONFIG_USERCONFIG: '/t/.npmrc' });
  });

  it('keeps a value with line ends from naming other variables', () => {
    const file = join(folder, 'env');
    const value = 'a\nPATH<<end\n/evil\nend';
    exportToGitHub(file, { X: value });
    expect(variablesIn(readFileSync(file, 'utf8'))).toEqual({ X: value });
  });

  it('says why a file can not be written', () => {
    expect(exportToGitHub(folder, { X: '1' })).toBe('EISDIR');
  });
});

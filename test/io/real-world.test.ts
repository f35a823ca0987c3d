import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realWorld } from '../../src/io/real-world.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'npmrc-preflight-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The machine of a GitLab job whose checkout is below `builds`. */
function world(builds: string) {
  mkdirSync(join(folder, 'home'), { recursive: true });
  const env = {
    GITLAB_CI: 'true',
    CI_PROJECT_DIR: join(builds, 'shop'),
    HOME: join(folder, 'home'),
    USERPROFILE: join(folder, 'home'),
  };
  return realWorld({ version: '0.0.0', env, directory: folder, platform: process.platform });
}

function writeAndRestore(builds: string) {
  const path = join(folder, 'home', '.npmrc');
  const edit = { path, before: null, after: 'a=1\n', mode: 0o600 };
  expect(world(builds).writeRestorable(edit).kind).toBe('written');
  expect(readFileSync(path, 'utf8')).toBe('a=1\n');
  expect(
    world(builds)
      .restore()
      .map(({ result }) => result),
  ).toEqual(['removed']);
  expect(existsSync(path)).toBe(false);
}

describe('the place of the restore journal', () => {
  it('is beside the checkout of a GitLab job', () => {
    const builds = join(folder, 'builds');
    mkdirSync(builds);
    const edit = { path: join(folder, 'home', '.npmrc'), before: null, after: 'a=1\n', mode: 0o600 };
    world(builds).writeRestorable(edit);
    expect(existsSync(join(builds, 'shop.tmp', 'npmrc-preflight'))).toBe(true);
    expect(existsSync(join(folder, 'home', '.npmrc-preflight'))).toBe(false);
  });

  it('is found again by a later process', () => {
    const builds = join(folder, 'builds');
    mkdirSync(builds);
    writeAndRestore(builds);
  });

  it('is in the home where nothing can be made beside the checkout', () => {
    const builds = join(folder, 'builds');
    mkdirSync(builds);
    chmodSync(builds, 0o500);
    writeAndRestore(builds);
    chmodSync(builds, 0o700);
    writeAndRestore(join(folder, 'home', 'no-such-folder'));
  });
});

import { describe, expect, it } from 'vitest';
import { isBelow, shownPath } from '../../src/clients/world-paths.ts';
import { worldOf } from './client-world.ts';

const posix = { ...worldOf({}, {}), platform: 'posix', projectDirectory: '/build/app' } as const;
const windows = { ...posix, platform: 'win32', projectDirectory: 'C:\\build\\app' } as const;

describe('a path as sources name it', () => {
  it.each([
    [posix, '/build/app/.npmrc', '.npmrc'],
    [posix, '/build/app/..ci/.npmrc', '..ci/.npmrc'],
    [posix, '/build/..app/.npmrc', '/build/..app/.npmrc'],
    [posix, '/build/app-2/.npmrc', '/build/app-2/.npmrc'],
    [posix, '/build/.npmrc', '/build/.npmrc'],
    [posix, '/build/app', '/build/app'],
    [windows, 'C:\\build\\app\\ci\\.npmrc', 'ci/.npmrc'],
    [windows, 'C:\\build\\app\\..ci\\.npmrc', '..ci/.npmrc'],
    [windows, 'D:\\build\\app\\.npmrc', 'D:\\build\\app\\.npmrc'],
  ])('%#: %s', (world, path, shown) => {
    expect(shownPath(world, path)).toBe(shown);
    expect(isBelow(world, path, world.projectDirectory)).toBe(shown !== path);
  });
});

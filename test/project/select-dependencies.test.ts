import { describe, expect, it } from 'vitest';
import type { IncludeKind } from '../../src/domain/dependency.ts';
import { selectDependencies } from '../../src/project/select-dependencies.ts';
import { project } from './reading.ts';

const { dependencies } = project({
  'package.json': {
    dependencies: { prod: '1' },
    devDependencies: { dev: '1' },
    optionalDependencies: { opt: '1' },
    peerDependencies: { peer: '1' },
    overrides: { over: '1.0.0' },
  },
  'package-lock.json': {
    lockfileVersion: 3,
    packages: {
      'node_modules/prod': {
        version: '1.0.0',
        dependencies: { shared: '1' },
        optionalDependencies: { maybe: '1' },
      },
      'node_modules/dev': {
        version: '1.0.0',
        dependencies: { shared: '1', tool: '1', over: '2' },
        optionalDependencies: { fast: '1' },
      },
      'node_modules/opt': { version: '1.0.0', dependencies: { native: '1' } },
      'node_modules/peer': { version: '1.0.0', dependencies: { tool: '1' } },
      'node_modules/shared': { version: '1.0.0' },
      'node_modules/maybe': { version: '1.0.0' },
      'node_modules/tool': { version: '1.0.0' },
      'node_modules/fast': { version: '1.0.0' },
      'node_modules/native': { version: '1.0.0' },
      'node_modules/over': { version: '1.0.0' },
    },
  },
});

function names(kinds: IncludeKind[], depth: 'direct' | 'locked'): string {
  return selectDependencies({ dependencies }, { kinds, depth })
    .map(({ name }) => name)
    .join(' ');
}

describe('include and depth', () => {
  it.each<[IncludeKind[], string]>([
    [['prod', 'dev', 'optional', 'peer'], 'prod dev opt peer shared maybe tool fast native over'],
    [['prod'], 'prod shared'],
    [['dev'], 'dev shared tool over'],
    [['prod', 'optional'], 'prod opt shared maybe native'],
    [['dev', 'optional'], 'dev opt shared tool fast native over'],
    [['peer'], 'peer tool'],
    [[], ''],
  ])('%j from the lockfile', (kinds, expected) => {
    expect(names(kinds, 'locked')).toBe(expected);
  });

  it.each<[IncludeKind[], string]>([
    [['prod', 'dev', 'optional', 'peer'], 'prod dev opt peer over'],
    [['prod'], 'prod'],
    [['dev'], 'dev over'],
  ])('%j direct', (kinds, expected) => {
    expect(names(kinds, 'direct')).toBe(expected);
  });

  it('goes by the kind where nothing tells the ways', () => {
    const bare = dependencies.map(({ reachedBy: _, ...rest }) => rest);
    const selected = selectDependencies({ dependencies: bare }, { kinds: ['dev'], depth: 'direct' });
    expect(selected.map(({ name }) => name)).toEqual(['dev', 'over']);
  });
});

import { describe, expect, it } from 'vitest';
import { type Dependency, type IncludeKind, isOptional } from '../../src/domain/dependency.ts';

function asked(kind: Dependency['kind'], reachedBy?: readonly (readonly IncludeKind[])[]): Dependency {
  return {
    name: '@acme/ui',
    alias: null,
    kind,
    requested: '^1.0.0',
    from: 'registry',
    locked: null,
    source: { kind: 'default', why: 'a test' },
    dependents: ['.'],
    ...(reachedBy && { reachedBy }),
  };
}

describe('what an install may go on without', () => {
  it.each([
    ['asked for as optional, no lockfile', asked('optional'), true],
    ['asked for as optional alone', asked('optional', [['optional']]), true],
    [
      'asked for as optional, and needed by something that is not',
      asked('optional', [['optional'], ['prod']]),
      false,
    ],
    ['needed by what is optional alone', asked('transitive', [['optional'], ['dev', 'optional']]), true],
    ['needed by both', asked('transitive', [['optional'], ['dev']]), false],
    ['nothing leads to it', asked('transitive', []), false],
    ['asked for', asked('prod'), false],
  ])('%s: %#', (_what, dependency, expected) => expect(isOptional(dependency)).toBe(expected));
});

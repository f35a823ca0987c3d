import fc from 'fast-check';
import { gte, satisfies, valid } from 'semver';
import { describe, expect, it } from 'vitest';
import { isAtLeast, isWithin, validVersion } from '../../src/domain/plain-version.ts';

const number = fc.oneof({ arbitrary: fc.nat(3), weight: 8 }, fc.nat(1_000_000_000), fc.constant(999_999_999));
const version = fc.tuple(number, number, number).map((numbers) => numbers.join('.'));
const operator = fc.constantFrom('', '^', '~', '>=', '=', 'v', '^v', '~>', ' ');
const suffix = fc.constantFrom('', '', '', '', '-0', '-rc.1', '+build', '.4', ' ', '\n', ' || 9', '.x');
const text = fc.oneof(
  { arbitrary: fc.tuple(operator, version, suffix).map((parts) => parts.join('')), weight: 9 },
  fc.constantFrom('*', '', 'latest', '1', '1.2', '01.2.3', '1.02.3', '^0.0.0', '~0.0.0', '99999999999.0.0'),
);

/** What a function gives, or that it throws. */
function outcome<T>(ask: () => T): T | 'throws' {
  try {
    return ask();
  } catch {
    return 'throws';
  }
}

describe('plain versions', () => {
  it('are valid where semver says so', () => {
    const property = fc.property(text, (one) => validVersion(one) === valid(one));
    fc.assert(property, { numRuns: 2000 });
  });

  it('are compared as semver compares them', () => {
    const property = fc.property(
      text,
      text,
      (one, other) => outcome(() => isAtLeast(one, other)) === outcome(() => gte(one, other)),
    );
    fc.assert(property, { numRuns: 4000 });
  });

  it('are within the ranges that semver finds them in', () => {
    const property = fc.property(
      text,
      text,
      (one, range) => isWithin(one, range) === satisfies(one, range, true),
    );
    fc.assert(property, { numRuns: 8000 });
  });

  it.each([
    ['1.2.3', '1.2.3', true],
    ['1.2.4', '1.2.3', false],
    ['1.9.0', '^1.2.3', true],
    ['1.2.2', '^1.2.3', false],
    ['2.0.0', '^1.2.3', false],
    ['0.2.9', '^0.2.3', true],
    ['0.3.0', '^0.2.3', false],
    ['0.0.3', '^0.0.3', true],
    ['0.0.4', '^0.0.3', false],
    ['1.2.9', '~1.2.3', true],
    ['1.3.0', '~1.2.3', false],
    ['0.0.4', '~0.0.3', true],
  ])('%s in %s: %s', (one, range, within) => {
    expect(isWithin(one, range)).toBe(within);
    expect(satisfies(one, range)).toBe(within);
  });
});

import fc from 'fast-check';
import npa from 'npm-package-arg';
import { describe, expect, it } from 'vitest';
import { parseDependencySpec } from '../../src/project/dependency-spec.ts';

/** What npm itself makes of a line, in our words: the short way for plain lines must say nothing else. */
function byRules(name: string, written: string): unknown {
  try {
    const { type, fetchSpec } = npa.resolve(name, written.trim(), '/checkout');
    if (type !== 'version' && type !== 'range') return type;
    return { name, from: 'registry', range: fetchSpec || '*', path: null, requested: written || '*' };
  } catch {
    return 'invalid';
  }
}

function byProgram(name: string, written: string): unknown {
  const reading = parseDependencySpec(name, written, '/checkout');
  if (reading.kind === 'invalid') return 'invalid';
  return reading.spec.from === 'registry' && reading.spec.range === null ? 'tag' : reading.spec;
}

describe('a plain line of a manifest', () => {
  const part = fc.stringMatching(/^[a-z0-9._-]{1,6}$/);
  const name = fc.oneof(
    part,
    fc.tuple(part, part).map(([scope, own]) => `@${scope}/${own}`),
    fc.constantFrom('node_modules', 'favicon.ico', 'http', '@acme/node_modules', `a${'b'.repeat(300)}`),
  );
  const number = fc.oneof(
    fc.nat(30).map(String),
    fc.constantFrom('00', '01', 'x', '999999999', '9'.repeat(17)),
  );
  const range = fc
    .tuple(
      fc.constantFrom('', '^', '~', '=', '>', ' ', 'v'),
      fc.array(number, { minLength: 1, maxLength: 4 }),
    )
    .map(([operator, numbers]) => `${operator}${numbers.join('.')}`);

  it('means what npm makes of it', () => {
    fc.assert(
      fc.property(name, range, (named, written) => {
        expect(byProgram(named, written)).toEqual(byRules(named, written));
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionFinder } from '../../src/project/json-file.ts';
import { type JsonNode, parseJsonTree } from '../../src/project/json-tree.ts';
import { locateEntries } from '../../src/project/locate-entries.ts';
import { walkJson } from '../../src/project/walk-json.ts';

const silent = { open() {}, close() {}, key() {}, scalar() {} };

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The value of a tree, its objects as entries. */
function plainValue(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(plainValue);
  return [...node.members].map(([name, member]) => [name, plainValue(member.node)]);
}

function entriesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(entriesOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([name, member]) => [name, entriesOf(member)]);
}

describe('strict JSON', () => {
  it('takes and refuses the texts that JSON.parse does', () => {
    const piece = fc.constantFrom(
      ...'{ } [ ] , : "a" "b\\n" "\\u00e9" "\\x" "\\u12" 1 -1 01 1.5 1. .5 1e3 1e -'.split(' '),
      ...[
        'true',
        'false',
        'null',
        'nul',
        'NaN',
        '//c\n',
        '/*c*/',
        '/*',
        ' ',
        '\n',
        '\r',
        '\t',
        '\f',
        '\u00a0',
        '"open',
        "'a'",
        '"\t"',
        '\u2028',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect(walkJson(text, silent) === null, JSON.stringify(text)).toBe(parses(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('takes every JSON text with one character changed as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 1, unit: 'binary' }), (json, at, character) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + character + json.slice(place + 1);
        expect(walkJson(text, silent) === null, JSON.stringify(text)).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('builds the value that JSON.parse builds', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const tree = parseJsonTree(json);
        expect(tree.kind === 'tree' && sorted(plainValue(tree.root))).toEqual(
          sorted(entriesOf(JSON.parse(json))),
        );
      }),
    );
  });

  it('has no limit of nesting', () => {
    const depth = 200_000;
    expect(parseJsonTree(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`).kind).toBe('tree');
    expect(parseJsonTree('[{"a":'.repeat(depth)).kind).toBe('broken');
  });

  it('counts lines and columns from 1', () => {
    const position = positionFinder('ab\ncd\r\n\nx');
    expect([0, 2, 3, 7, 8].map(position)).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
  });
});

/** Names that look like numbers change their place in objects of JavaScript. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    Array.isArray(inner) ? inner.map((item) => JSON.stringify(item)).sort() : inner,
  );
}

describe('places of lock entries', () => {
  const name = fc.constantFrom(
    'a',
    'b',
    'packages',
    'dependencies',
    '__proto__',
    'q"uote',
    'back\\slash',
    'ü\n',
  );
  const noise = fc.oneof(
    fc.constantFrom('{', '}', '"packages": {', '\\', '"', '\\"', 'x,y:z'),
    fc.integer(),
    fc.constant(null),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      noise,
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(name, tie('any'), { maxKeys: 3 }),
    ),
  })).any;

  it('finds the keys of packages and nothing else', () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, value),
        fc.dictionary(name, value),
        fc.nat(3),
        (around, packages, indent) => {
          const text = JSON.stringify({ ...around, packages }, null, indent);
          const found = locateEntries(text, 'packages', new Set(Object.keys(packages)));
          const lines = text.split('\n');
          expect([...found.keys()].sort()).toEqual(Object.keys(packages).sort());
          for (const [key, { line, column }] of found) {
            const written = JSON.stringify(key).slice(1);
            expect(lines[line - 1]?.slice(column - 1, column - 1 + written.length)).toBe(written);
          }
        },
      ),
    );
  });

  it('finds nested dependencies of version 1, of duplicates the last', () => {
    const text = `{"dependencies": {"a": {}},
"dependencies": {
  "a": {"requires": {"b": "1"}, "dependencies": {
    "b": {"dependencies": {"@s/c": {"version": "1"}}},
    "b": {}
  }},
  "b": []}}`;
    const places = [
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/absent',
    ];
    expect([...locateEntries(text, 'dependencies', new Set(places))]).toEqual([
      ['node_modules/a', { line: 3, column: 4 }],
      ['node_modules/a/node_modules/b', { line: 5, column: 6 }],
      ['node_modules/b', { line: 7, column: 4 }],
    ]);
  });
});

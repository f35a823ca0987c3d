import { describe, expect, it } from 'vitest';
import { explain, likelyCause } from '../../src/commands/explain.ts';

const options = { color: false, width: 100, program: 'node dist/index.js' };

describe('explain', () => {
  it('gives the page of a cause by code and by slug', () => {
    const pages = JSON.stringify({ NP301: 'What\nthe page\n' });
    const byCode = explain('NP301', pages, options);
    expect(byCode).toContain('the page');
    expect(explain('not-on-allowlist', pages, options)).toBe(byCode);
  });

  it('names the page where only the bundle is there', () => {
    expect(explain('NP301', null, options)).toContain('docs/causes/NP301.md');
  });

  it('knows no page of a cause that is none', () => {
    expect(explain('NP30', '{}', options)).toBeNull();
    expect(explain('__proto__', '{}', options)).toBeNull();
  });
});

describe('what a misspelt cause may stand for', () => {
  it.each([
    ['not-on-alowlist', 'did you mean not-on-allowlist?'],
    ['role', 'did you mean role-missing?'],
    ['NP30', null],
    ['something-else-entirely', null],
    ['', null],
  ])('%j: %j', (asked, expected) => expect(likelyCause(asked)).toBe(expected));
});

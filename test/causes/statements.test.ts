import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/list.ts';

/** What every cause promises of itself, whatever the case. */
describe.each(causes.map((cause) => ({ slug: cause.slug, cause })))('$slug', ({ slug, cause }) => {
  it('has a code of its own form and the name of its file', () => {
    expect(cause.code).toMatch(/^NP[1-9]\d\d$/);
    expect(readdirSync(new URL('../../src/causes/', import.meta.url))).toContain(`${slug}.ts`);
  });

  it('is named in one line without a full stop', () => {
    expect(cause.title).toMatch(/^(?![A-Z][a-z]+ [a-z])[^\n]{10,100}[^.\s]$/);
  });

  it('hides only causes that exist, and never itself', () => {
    const known = new Set(causes.map((one) => one.slug));
    expect((cause.hides ?? []).filter((one) => !known.has(one) || one === slug)).toEqual([]);
  });
});

it('gives no code and no slug twice', () => {
  expect(new Set(causes.map(({ code }) => code)).size).toBe(causes.length);
  expect(new Set(causes.map(({ slug }) => slug)).size).toBe(causes.length);
});

import { describe, expect, it } from 'vitest';
import { wantedRange } from '../../src/domain/dependency.ts';

describe('the range that is asked for', () => {
  it.each([
    ['^1.0.0', '^1.0.0'],
    ['npm:@acme/ui@^1.0.0', '^1.0.0'],
    ['https://s.example/api/v4/projects/7/packages/npm/@acme/ui/-/@acme/ui-1.2.3-rc.1.tgz', '1.2.3-rc.1'],
    ['https://s.example/ui-1.2.3.tgz?download=1', '1.2.3'],
    ['https://s.example/ui.tgz', 'https://s.example/ui.tgz'],
    ['https://s.example/ui-1.2.3.zip', 'https://s.example/ui-1.2.3.zip'],
  ])('%s: %s', (requested, range) => {
    expect(wantedRange({ requested })).toBe(range);
  });
});

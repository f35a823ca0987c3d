import type { MixedPackage, MixedWorld } from './mixed-world.ts';

/** A package whose one version lies in the first project, as far as `part` says nothing else. */
export const held = (base: string, part: Partial<MixedPackage> = {}): MixedPackage => ({
  scope: '@acme',
  base,
  home: 0,
  wanted: '1.4.0',
  versions: [{ version: '1.4.0', project: part.home ?? 0, gone: false, deprecated: false }],
  next: null,
  needs: [],
  moved: false,
  ...part,
});

/** A dependency on the package at a place of the world's list, as far as `part` says nothing else. */
export const asked = (index: number, part: Partial<MixedWorld['dependencies'][number]> = {}) => ({
  package: index,
  range: '^1.0.0',
  kind: 'prod' as const,
  alias: null,
  folder: '' as const,
  version: '1.4.0',
  lock: null,
  ...part,
});

import fc from 'fast-check';
import pickManifest from 'npm-pick-manifest';
import { describe, expect, it } from 'vitest';
import type { PackumentVersion } from '../../src/domain/packument.ts';
import { pickVersion } from '../../src/steps/pick-version.ts';

/** The version that npm itself chooses, by the library that it uses. */
function byNpm(name: string, versions: readonly string[], latest: string, wanted: string): string | null {
  const manifests = Object.fromEntries(versions.map((version) => [version, { name, version }]));
  try {
    return pickManifest({ name, 'dist-tags': { latest }, versions: manifests }, wanted).version;
  } catch {
    return null;
  }
}

function byProgram(name: string, versions: readonly string[], latest: string, wanted: string): string | null {
  const all = versions.map((version): [string, PackumentVersion] => [
    version,
    {
      version,
      tarball: null,
      integrity: null,
      dependencies: {},
      optionalDependencies: {},
      peerDependencies: {},
      bundled: [],
    },
  ]);
  const packument = { name, distTags: { latest }, times: {}, versions: Object.fromEntries(all) };
  return pickVersion(packument, wanted)?.version ?? null;
}

describe('the version that is picked', () => {
  const number = fc.nat(3).map(String);
  const triple = fc.tuple(number, number, number).map((parts) => parts.join('.'));
  const version = fc
    .tuple(triple, fc.constantFrom('', '', '-beta.1', '+build'))
    .map((parts) => parts.join(''));
  const wanted = fc.oneof(
    fc.tuple(fc.constantFrom('', '^', '~', '>=', '<', '='), version).map((parts) => parts.join('')),
    fc.constantFrom('', '*', 'latest', 'x', '1', '^1'),
  );
  const name = fc.constantFrom('@acme/ui', 'ui', '.ui', 'node_modules', '');

  it('is the one that npm takes', () => {
    fc.assert(
      fc.property(name, fc.uniqueArray(version, { maxLength: 6 }), version, wanted, (...given) => {
        expect(byProgram(...given)).toBe(byNpm(...given));
      }),
      { numRuns: 2000 },
    );
  });
});

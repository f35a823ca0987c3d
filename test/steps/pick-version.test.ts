import fc from 'fast-check';
import pickManifest from 'npm-pick-manifest';
import { describe, expect, it } from 'vitest';
import type { ClientId } from '../../src/domain/client.ts';
import type { PackumentVersion } from '../../src/domain/packument.ts';
import { pickVersion } from '../../src/steps/pick-version.ts';

const npm: ClientId = { name: 'npm', version: '11.21.2', known: 'installed' };

type Described = Pick<PackumentVersion, 'version' | 'deprecated' | 'engines'>;

/** The version that npm itself chooses, by the library that it uses. */
function byNpm(name: string, versions: readonly Described[], latest: string, wanted: string): string | null {
  const manifests = Object.fromEntries(versions.map((one) => [one.version, { name, ...one }]));
  const packument = { name, 'dist-tags': { latest }, versions: manifests };
  try {
    return pickManifest(packument, wanted, { npmVersion: npm.version }).version;
  } catch {
    return null;
  }
}

function byProgram(
  name: string,
  versions: readonly Described[],
  latest: string,
  wanted: string,
): string | null {
  const all = versions.map((one): [string, PackumentVersion] => [
    one.version,
    {
      ...one,
      tarball: null,
      integrity: null,
      dependencies: {},
      optionalDependencies: {},
      peerDependencies: {},
      bundled: [],
    },
  ]);
  const packument = { name, distTags: { latest }, times: {}, versions: Object.fromEntries(all) };
  return pickVersion(packument, wanted, npm, null)?.version ?? null;
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
  const engines = fc.constantFrom({}, {}, { node: '>=4' }, { node: '>=99' }, { npm: '>=99' });
  const described = fc.record({
    version,
    deprecated: fc.constantFrom(null, null, '', 'no longer kept'),
    engines,
  });
  const versions = fc.uniqueArray(described, { maxLength: 6, selector: (one) => one.version });
  const name = fc.constantFrom('@acme/ui', 'ui', '.ui', 'node_modules', '');

  it('is the one that npm takes', () => {
    fc.assert(
      fc.property(name, versions, version, wanted, (...given) => {
        expect(byProgram(...given)).toBe(byNpm(...given));
      }),
      { numRuns: 2000 },
    );
  });
});

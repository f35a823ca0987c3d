import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { wantedRange } from '../domain/dependency.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { servedTarball } from './parts/served-tarball.ts';

/**
 * The bytes that the registry serves are not those that the lockfile's integrity names, or without a lockfile the metadata: the client ends
 * with EINTEGRITY. Or they are
 * no whole package, or nothing names them where a client goes by that alone.
 */
export const integrityMismatch: Cause = {
  code: 'NP504',
  slug: 'integrity-mismatch',
  title: "the registry's tarball differs from the lockfile's integrity",
  severity: 'error',
  needs: ['locked-metadata', 'tarball-again'],
  example: 'integrity-mismatch',
  ofPackage: true,
  weigh: ({ case: { result } }) =>
    ['integrity-differs', 'tarball-damaged', 'no-digest'].includes(result.kind)
      ? { kind: 'confirmed', because: ['tarball'] }
      : ruledOut,
  state(clues) {
    const { dependency } = clues.case.target;
    const { result, version } = clues.case;
    const label = `${dependency.name}@${version ?? dependency.locked?.version ?? wantedRange(dependency)}`;
    const location = dependency.locked?.source ?? dependency.source;
    if (result.kind === 'tarball-damaged') {
      const title = `the tarball of ${label} is damaged: ${result.why}`;
      return { title, seen: `tarball 200, ${result.why}`, location, remedy: findTheDamage(clues, []) };
    }
    if (result.kind === 'no-digest') {
      return {
        title: `the metadata of ${label} names no digest of its tarball, and the client ends without one`,
        seen: 'metadata 200 without dist.integrity and dist.shasum, tarball 200',
        location,
        remedy: {
          who: 'whoever maintains the registry',
          summary: `have the registry name the digest of ${dependency.name}`,
          steps: [
            'each version needs dist.shasum or dist.integrity: registries work it out when a package is published',
            'where only this version lacks it, publish a new one',
          ],
        },
      };
    }
    const [expected, served] = result.kind === 'integrity-differs' ? [result.expected, result.found] : [];
    if (!dependency.locked?.integrity) {
      return {
        title: `the tarball of ${label} is not the one that its metadata describes`,
        seen: `metadata says ${expected}, served ${served}`,
        location: dependency.source,
        remedy: findTheDamage(clues, []),
      };
    }
    const seen = `locked ${expected}, served ${served}`;
    const own = servedTarball(clues);
    if (own === 'varies' || own === 'not-as-described') {
      const how =
        own === 'varies'
          ? 'it is another one on each attempt'
          : "the registry's metadata describes another one than comes";
      const notYet = 'do not lock it again before that is mended: what comes now is not the package';
      return {
        title: `the tarball of ${label} is damaged: ${how}`,
        seen,
        location,
        remedy: findTheDamage(clues, [notYet]),
      };
    }
    return {
      title: `the tarball of ${label} is not the one that was locked`,
      seen,
      location,
      remedy: {
        who: 'whoever publishes the package',
        summary: `find out why ${dependency.name} was published twice, then lock it again`,
        steps: [
          'the version was deleted and published again with other content, or the lockfile was made against another registry',
          'compare both tarballs before you trust the new one; then publish a new version or lock this one again',
        ],
        command: lockfileCommand(clues, dependency.locked?.version ?? 'latest'),
      },
    };
  },
};

function findTheDamage(clues: Clues, first: readonly string[]): Statement['remedy'] {
  return {
    who: 'whoever maintains the registry or the network',
    summary: `find out what changes the tarball of ${clues.case.target.dependency.name} on its way`,
    steps: [
      ...first,
      'a cache or proxy in between may hold a damaged or an older tarball: have it emptied, then retry the job',
      'the same on every attempt: download the tarball beside the registry and compare; where the registry itself serves it, publish a new version',
    ],
  };
}

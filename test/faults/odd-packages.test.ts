import { gunzipSync, gzipSync } from 'node:zlib';
import { checksums } from '../../src/simulator/tarball.ts';
import { oddTarball } from './odd-server.ts';
import { all, but, type Client, type OddRow, playOddRows, usual } from './play-odd-rows.ts';

const version = (dist: unknown) => ({ name: '@acme/ui', version: '1.4.0', dist });
const withVersions = (versions: unknown) => ({
  name: '@acme/ui',
  'dist-tags': { latest: '1.4.0' },
  versions,
  time: { '1.3.0': '2020-01-01T00:00:00.000Z', '1.4.0': '2020-01-01T00:00:00.000Z' },
});

/** Two versions, of which only the `had` one has a tarball. */
const oneOfTwo =
  (had: '1.3.0' | '1.4.0', latest: string, about: Record<string, unknown>) =>
  (dist: Record<string, unknown>): unknown => {
    const of = (name: string, more = {}) => ({
      ...version(name === had ? dist : { ...dist, tarball: 'http://127.0.0.1:1/none.tgz' }),
      version: name,
      ...more,
    });
    const versions = { '1.3.0': of('1.3.0'), '1.4.0': of('1.4.0', about) };
    return { ...withVersions(versions), 'dist-tags': { latest } };
  };
const deprecated = { deprecated: 'take the one before' };
const choosing = (name: string, metadata: OddRow['metadata'], installs: readonly Client[]): OddRow => ({
  name,
  kinds: ['metadata'],
  answer: usual,
  ...(metadata && { metadata }),
  installs,
});
/** A tarball made of the right one, under the digests of its own. */
const packed = (name: string, made: (archive: Buffer) => Buffer, installs: readonly Client[]): OddRow => ({
  name,
  kinds: ['tarball'],
  answer: (scene) => scene.answer({ body: made(scene.body) }),
  metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball, ...checksums(made(oddTarball)) }) }),
  installs,
});
const npms = ['npm 10', 'npm 11', 'npm 12'] as const;

const rows: readonly OddRow[] = [
  { name: 'the right answer', answer: usual, installs: all },
  {
    name: 'a byte order mark',
    kinds: ['metadata'],
    answer: (scene) => scene.answer({ body: Buffer.concat([Buffer.from('\ufeff'), scene.body]) }),
    installs: ['pnpm 11', 'bun'],
  },
  {
    name: 'a version beside that is no object',
    kinds: ['metadata'],
    answer: usual,
    metadata: (dist) => withVersions({ '1.3.0': null, '1.4.0': version(dist) }),
    installs: but('pnpm 11'),
  },
  {
    name: 'the version itself no object',
    kinds: ['metadata'],
    answer: usual,
    metadata: (dist) => withVersions({ '1.3.0': version(dist), '1.4.0': null }),
    installs: [],
  },
  {
    name: 'no digest of the tarball',
    kinds: ['metadata'],
    answer: usual,
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: but('yarn 1'),
  },
  packed('a tarball that is not packed', gunzipSync, all),
  packed('zeros behind an archive', (archive) => Buffer.concat([archive, Buffer.alloc(300)]), all),
  packed('a page that is packed', () => gzipSync(`<html>${' '.repeat(600)}</html>`), []),
  {
    name: 'half an archive',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ body: scene.body.subarray(0, scene.body.length >> 1) }),
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: [],
  },
  {
    name: 'a page instead of a tarball',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ body: `<html>${' '.repeat(600)}</html>` }),
    metadata: ({ tarball }) => withVersions({ '1.4.0': version({ tarball }) }),
    installs: [],
  },
  {
    name: 'a tarball named by its path',
    kinds: ['tarball'],
    answer: usual,
    metadata: ({ tarball, ...dist }) =>
      withVersions({ '1.4.0': version({ ...dist, tarball: new URL(String(tarball)).pathname }) }),
    installs: ['yarn 4'],
  },
  choosing('a newest version that is deprecated', oneOfTwo('1.3.0', '1.4.0', deprecated), [
    ...npms,
    'pnpm 11',
    'pnpm 12',
    'yarn 4',
    'bun',
  ]),
  choosing('only a deprecated newest version to be had', oneOfTwo('1.4.0', '1.4.0', deprecated), [
    'pnpm 9',
    'pnpm 10',
    'yarn 1',
  ]),
  choosing(
    'a deprecated newest version without the tag',
    oneOfTwo('1.3.0', '9.9.9', deprecated),
    but('pnpm 9', 'pnpm 10', 'yarn 1'),
  ),
  choosing('an older version tagged latest', oneOfTwo('1.3.0', '1.3.0', {}), but('yarn 4')),
  choosing('an older version tagged latest, the newest to be had', oneOfTwo('1.4.0', '1.3.0', {}), [
    'yarn 4',
  ]),
  choosing(
    'a newest version for a Node of later',
    oneOfTwo('1.3.0', '1.4.0', { engines: { node: '>=99' } }),
    npms,
  ),
  choosing('a newest version for any Node', oneOfTwo('1.4.0', '1.4.0', { engines: { node: '>=4' } }), all),
];

playOddRows(rows);

import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { OddScene } from './odd-server.ts';
import { all, but, type OddRow, playOddRows, usual } from './play-odd-rows.ts';

const pnpmsOfOldKind = ['pnpm 9', 'pnpm 10', 'pnpm 11'] as const;
const chain = (length: number) => (scene: OddScene) => {
  const left = Number(/left=(\d+)/.exec(scene.target)?.[1] ?? length);
  return left === 0
    ? scene.answer()
    : scene.answer({ status: 302, headers: [`location: ?left=${left - 1}`], body: '' });
};

const rows: readonly OddRow[] = [
  { name: 'the right answer', answer: usual, installs: all },
  {
    name: '100 before the answer',
    answer: (scene) => Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), scene.answer()]),
    installs: but('pnpm 11'),
  },
  {
    name: '103 before the answer',
    answer: (scene) =>
      Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n'), scene.answer()]),
    installs: all,
  },
  ...[201, 203, 226].map(
    (status): OddRow => ({
      name: `metadata under ${status}`,
      kinds: ['metadata'],
      answer: (scene) => scene.answer({ status }),
      installs: all,
    }),
  ),
  ...[201, 203, 205, 206, 226].map(
    (status): OddRow => ({
      name: `a tarball under ${status}`,
      kinds: ['tarball'],
      answer: (scene) => scene.answer({ status }),
      installs: but(...pnpmsOfOldKind),
    }),
  ),
  {
    name: 'metadata under 205',
    kinds: ['metadata'],
    answer: (scene) => scene.answer({ status: 205 }),
    installs: but('pnpm 11'),
  },
  { name: '204', answer: (scene) => scene.answer({ status: 204, body: '' }), installs: [] },
  { name: 'nothing under 200', answer: (scene) => scene.answer({ body: '' }), installs: [] },
  { name: 'nothing under 201', answer: (scene) => scene.answer({ status: 201, body: '' }), installs: [] },
  { name: 'ten redirects', answer: chain(10), installs: all },
  {
    name: 'eleven redirects to metadata',
    kinds: ['metadata'],
    answer: chain(11),
    installs: but('pnpm 12', 'yarn 1', 'yarn 4'),
  },
  {
    name: 'zstd in name only',
    answer: (scene) => scene.answer({ headers: ['content-encoding: zstd'] }),
    installs: but('pnpm 11', 'pnpm 12', 'bun'),
  },
  {
    name: 'metadata of x-gzip in name only',
    kinds: ['metadata'],
    answer: (scene) => scene.answer({ headers: ['content-encoding: x-gzip'] }),
    installs: ['pnpm 12', 'yarn 1', 'yarn 4'],
  },
  {
    name: 'a tarball of x-gzip in name only',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ headers: ['content-encoding: x-gzip'] }),
    installs: ['pnpm 9', 'pnpm 10', 'yarn 1', 'yarn 4'],
  },
  {
    name: 'a tarball of gzip in name only',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ headers: ['content-encoding: gzip'] }),
    installs: ['pnpm 9', 'pnpm 10', 'yarn 4'],
  },
  {
    name: 'a tarball that is packed twice',
    kinds: ['tarball'],
    answer: (scene) => scene.answer({ headers: ['content-encoding: gzip'], body: gzipSync(scene.body) }),
    installs: but('pnpm 9', 'pnpm 10'),
  },
  {
    name: 'metadata in Brotli for all',
    kinds: ['metadata'],
    answer: (scene) =>
      scene.answer({ headers: ['content-encoding: br'], body: brotliCompressSync(scene.body) }),
    installs: but('pnpm 12', 'yarn 1'),
  },
  {
    name: '408 before the answer',
    answer: (scene) => (scene.nth === 0 ? scene.answer({ status: 408, body: '' }) : scene.answer()),
    retries: 1,
    installs: all,
  },
  {
    name: '101 before the answer',
    answer: (scene) =>
      Buffer.concat([Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n'), scene.answer()]),
    installs: [],
  },
  {
    name: 'a body that ends with its connection',
    answer: ({ socket, body }) => {
      socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 Whatever\r\n\r\n'), body]));
      return null;
    },
    installs: all,
  },
  {
    name: 'a body that ends with a reset',
    answer: ({ socket, body }) => {
      socket.write(Buffer.concat([Buffer.from('HTTP/1.1 200 Whatever\r\n\r\n'), body]));
      setTimeout(() => socket.resetAndDestroy(), 50);
      return null;
    },
    installs: [...pnpmsOfOldKind, 'bun'],
  },
  {
    name: 'a redirect to itself that ends',
    answer: (scene) =>
      scene.nth === 0
        ? scene.answer({ status: 302, headers: [`location: ${scene.target}`], body: '' })
        : scene.answer(),
    installs: all,
  },
  {
    name: 'bytes behind the body',
    answer: (scene) => Buffer.concat([scene.answer(), Buffer.from('xyz')]),
    installs: ['pnpm 11', 'pnpm 12', 'bun'],
  },
  {
    name: 'an empty line behind the body',
    answer: (scene) => Buffer.concat([scene.answer(), Buffer.from('\r\n')]),
    installs: all,
  },
  {
    name: 'a reset behind a whole body',
    answer: (scene) => {
      scene.socket.write(scene.answer(), () => scene.socket.resetAndDestroy());
      return null;
    },
    retries: 1,
    installs: all,
  },
  ...(
    [
      ['15 kB', 15_000, all],
      ['20 kB', 20_000, ['pnpm 12', 'bun']],
      ['450 kB', 450_000, ['bun']],
    ] as const
  ).map(
    ([size, bytes, installs]): OddRow => ({
      name: `a head of ${size}`,
      answer: (scene) => scene.answer({ headers: [`x: ${'y'.repeat(bytes)}`] }),
      installs,
    }),
  ),
  { name: 'a folded header', answer: (scene) => scene.answer({ headers: ['x: one\r\n two'] }), installs: [] },
];

playOddRows(rows);

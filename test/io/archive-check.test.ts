import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { packTarball } from '../../src/simulator/tarball.ts';
import { answered, digest, edge, failure, jumpingClock, question } from './support/edge.ts';
import { serve, serveRaw } from './support/servers.ts';

describe('a package without a digest', () => {
  const tarball = packTarball({ name: '@acme/ui', version: '1.4.0' }, { 'data.txt': 'x,'.repeat(9000) });
  const much = packTarball({ name: '@acme/ui', version: '1.4.0' }, { 'data.txt': 'x'.repeat(20_000_000) });
  const read = { kind: 'digest', algorithms: [], limit: 1_000_000, unpack: true } as const;
  const damageOf = async (bytes: Buffer, headers = {}, algorithms: readonly string[] = []) => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-length': bytes.length, ...headers }).end(bytes),
    );
    const { body } = answered(await edge().ask(question(server.url, { read: { ...read, algorithms } })));
    return body.kind === 'digest' ? (body.damage ?? null) : null;
  };

  test.each([
    ['that is whole', tarball, null],
    ['of zero bytes behind its end', Buffer.concat([tarball, Buffer.alloc(512)]), null],
    ['that breaks off', tarball.subarray(0, tarball.length >> 1), 'it breaks off before its end'],
    [
      'that only begins like one',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(5000, 0x41)]),
      'it can not be unpacked: unknown compression method',
    ],
    ['that is small and unpacks to much', much, null],
    ['that is small, unpacks to much and breaks off', much.subarray(0, -100), 'it breaks off before its end'],
    ['that is packed twice', gzipSync(tarball), 'what is packed in it is no tar archive'],
    ['that is a packed page', gzipSync('<!doctype html>'), 'what is packed in it is no tar archive'],
  ])('%s is told so', async (_, bytes, expected) => {
    expect(await damageOf(bytes)).toBe(expected);
  });

  test.each([
    ['that is whole', tarball, null],
    ['that breaks off', tarball.subarray(0, tarball.length >> 1), 'it breaks off before its end'],
    ['that is packed twice', gzipSync(tarball), 'what is packed in it is no tar archive'],
    ['that is a packed page', gzipSync('<!doctype html>'), 'what is packed in it is no tar archive'],
  ])('%s is told so where a digest vouches for it too', async (_, bytes, expected) => {
    expect(await damageOf(bytes, {}, ['sha512'])).toBe(expected);
  });

  test('is looked into behind an encoding of the transfer too', async () => {
    expect(await damageOf(gzipSync(tarball), { 'content-encoding': 'gzip' })).toBe(null);
    expect(await damageOf(gzipSync(gzipSync(tarball)), { 'content-encoding': 'gzip, gzip' })).toBe(
      'what is packed in it is no tar archive',
    );
  });

  test('that unpacks without end is given up, with no word about it', async () => {
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 1 });
    const endless = Buffer.concat([tarball, ...Array.from({ length: 9 }, () => zeros)]);
    const server = await serve((_, response) => response.end(endless));
    const outcome = await edge({ timeout: 20_000 }).ask(
      question(server.url, { read: { ...read, limit: endless.length } }),
    );
    expect(answered(outcome).body).toMatchObject({ complete: true, gzip: true });
  });
});

describe('a tarball whose end nothing but the closing of the connection tells', () => {
  const tarball = packTarball({ name: '@acme/ui', version: '1.4.0' }, { 'data.txt': 'x,'.repeat(9000) });
  const answer = (bytes: Buffer) =>
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n'), bytes]);

  test('is a broken connection where the archive is not at its end, and asked for again', async () => {
    let asked = 0;
    const server = await serveRaw((socket) =>
      socket.once('data', () => {
        asked += 1;
        socket.end(answer(asked === 1 ? tarball.subarray(0, 60) : tarball));
      }),
    );
    const once = await edge().ask(question(server.url, digest));
    expect(failure(once)).toBe('body CUT_SHORT');
    asked = 0;
    const twice = await edge({ retries: 1, clock: jumpingClock() }).ask(question(server.url, digest));
    expect(answered(twice)).toMatchObject({
      attempts: 2,
      body: { digests: { sha512: createHash('sha512').update(tarball).digest('base64') } },
    });
  });

  test('is an answer where it is whole', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.end(answer(tarball))));
    const { body, attempts } = answered(await edge({ retries: 1 }).ask(question(server.url, digest)));
    expect([body, attempts]).toMatchObject([{ bytes: tarball.length, gzip: true }, 1]);
  });
});

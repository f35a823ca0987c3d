import { createHash, type Hash } from 'node:crypto';
import { pipeline, type Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { ContentEncoding } from '../domain/client-network.ts';
import { type AnswerBody, isSuccess, type Question } from '../domain/probe.ts';
import { createArchiveCheck, isTarHeader } from './archive-check.ts';
import { StagedError } from './classify-failure.ts';

/** The algorithms of Subresource Integrity that package managers write. */
const hashNames = new Set(['sha1', 'sha256', 'sha384', 'sha512']);
const excerptLimit = 2048;
/** An error page is read no further, whatever the question allows. */
const errorPageLimit = 64 * 1024;

/** What is known of an answer before its body. `count` is told of every byte as it came over the wire. */
export interface BodySource {
  stream: Readable;
  status: number;
  encoding: string;
  /** The encodings that the client takes off, and this program as well. */
  decodes: readonly ContentEncoding[];
  /** Whether nothing but the end of the connection tells that the body is at its end. */
  endsByClosing: boolean;
  count(bytes: number): void;
}

/**
 * Reads a body as the question wants it and never keeps more than its limit. At the limit the socket is destroyed and the body
 * is marked incomplete. Rejects when the stream breaks, when the encoding is unknown or the compressed data is damaged.
 */
export async function readBody(source: BodySource, read: Question['read']): Promise<AnswerBody> {
  return read.kind === 'text' ? readText(source, read.limit) : readDigest(source, read);
}

/** Reads on to the end of a short body, so that its connection can be used again; a long one is cut off. Never rejects. */
export async function discardBody(source: BodySource): Promise<void> {
  try {
    let bytes = 0;
    for await (const chunk of chunksOf(source)) {
      bytes += chunk.length;
      if (bytes > errorPageLimit) break;
    }
  } catch {
    // Nobody waits for this body.
  }
}

async function readText(source: BodySource, limit: number): Promise<AnswerBody> {
  const kept: Buffer[] = [];
  let bytes = 0;
  let complete = true;
  for await (const chunk of await decoded(source, limit)) {
    const room = limit - bytes;
    if (chunk.length > room) {
      kept.push(chunk.subarray(0, room));
      complete = false;
      break;
    }
    kept.push(chunk);
    bytes += chunk.length;
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(kept));
  // clients take a body as it is when they don't know its encoding: what can be read was not encoded
  if (isUnknown(source) && !/^\s*[{[]/.test(text)) throw unknownEncoding();
  return { kind: 'text', text, complete };
}

async function readDigest(
  source: BodySource,
  { algorithms, limit: allowed, unpack }: Extract<Question['read'], { kind: 'digest' }>,
): Promise<AnswerBody> {
  const succeeded = isSuccess(source.status);
  const limit = succeeded ? allowed : Math.min(allowed, errorPageLimit);
  const vouched = algorithms.length > 0 && !source.endsByClosing;
  const archive = succeeded && (unpack || source.endsByClosing) ? createArchiveCheck({ vouched }) : null;
  const hashes = new Map<string, Hash>();
  for (const name of algorithms) if (hashNames.has(name)) hashes.set(name, createHash(name));
  let start = Buffer.alloc(0);
  let bytes = 0;
  let complete = true;
  // asked for as it is; from a server that packs it all the same every client takes what is inside
  const packed = !['', 'identity'].includes(source.encoding.trim().toLowerCase()) && !isUnknown(source);
  let damage: string | null = null;
  try {
    for await (const chunk of packed ? await decoded(source, limit) : chunksOf(source)) {
      if (bytes + chunk.length > limit) {
        complete = false;
        bytes = limit;
        break;
      }
      bytes += chunk.length;
      if (start.length < excerptLimit) start = Buffer.concat([start, chunk]).subarray(0, excerptLimit);
      for (const hash of hashes.values()) hash.update(chunk);
      await archive?.take(chunk);
    }
    if (complete && archive !== null && isGzip(start)) {
      const found = await archive.finding();
      if (found.kind === 'cut' && source.endsByClosing) {
        throw new StagedError('body', 'CUT_SHORT', 'the connection ends before the tarball does', true);
      }
      if (found.kind === 'cut') damage = 'it breaks off before its end';
      if (found.kind === 'damaged') damage = found.why;
    }
  } finally {
    archive?.drop();
  }
  const isTar = isTarHeader(start.subarray(0, 512));
  return {
    kind: 'digest',
    bytes,
    complete,
    gzip: isGzip(start),
    ...(isTar && !source.endsByClosing ? { tar: true as const } : {}),
    excerpt: succeeded ? '' : new TextDecoder().decode(start),
    digests: complete
      ? Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.digest('base64')]))
      : {},
    ...(damage !== null && unpack ? { damage } : {}),
  };
}

function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

async function* chunksOf(source: BodySource): AsyncGenerator<Buffer> {
  for await (const chunk of source.stream as AsyncIterable<Buffer>) {
    source.count(chunk.length);
    yield chunk;
  }
}

/** The decoded chunks. Reading stops by itself when the encoded form alone outgrows the limit. */
async function decoded(source: BodySource, limit: number): Promise<AsyncIterable<Buffer>> {
  const encoding = source.encoding.trim().toLowerCase();
  if (encoding === '' || encoding === 'identity' || isUnknown(source)) return chunksOf(source);
  const chunks = chunksOf(source);
  const first = await chunks.next();
  if (first.done) return empty();
  const decoder = decoderFor(encoding, first.value);
  let bytes = first.value.length;
  async function* encoded() {
    yield first.value;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limit + errorPageLimit) {
        throw new StagedError('body', 'BODY_TOO_LARGE', 'the compressed body is larger than the limit');
      }
      yield chunk;
    }
  }
  pipeline(encoded(), decoder, () => {});
  return decoder as AsyncIterable<Buffer>;
}

function isUnknown({ encoding, decodes }: BodySource): boolean {
  return !['', 'identity', ...decodes].includes(encoding.trim().toLowerCase());
}

function unknownEncoding(): StagedError {
  return new StagedError(
    'body',
    'UNKNOWN_ENCODING',
    'the body has a content encoding that was not asked for',
  );
}

function decoderFor(encoding: string, start: Buffer): Transform {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      // Some servers leave the zlib header out.
      return ((start[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
    default: {
      // from Node 22.15 on
      const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
      if (encoding !== 'zstd' || createZstdDecompress === undefined) throw unknownEncoding();
      return createZstdDecompress();
    }
  }
}

async function* empty(): AsyncGenerator<Buffer> {}

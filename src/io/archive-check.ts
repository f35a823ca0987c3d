import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';

/** What became of an archive that was unpacked and dropped. `cut`: it breaks off before its end, and all that was there is sound. */
export type ArchiveFinding =
  | { kind: 'whole' }
  | { kind: 'cut' }
  | { kind: 'damaged'; why: string }
  /** Unpacked it is larger than any package: nobody looked at the rest. */
  | { kind: 'endless' };

/** Unpacks an archive as it arrives. Nothing throws. */
export interface ArchiveCheck {
  /** Resolves when more may come. */
  take(chunk: Buffer): Promise<void>;
  finding(): Promise<ArchiveFinding>;
  /** Ends it early. */
  drop(): void;
}

/** A small archive can unpack to a thousand times its size. */
const mostUnpacked = 512 * 1024 * 1024;
const block = 512;

/**
 * Whether a package's tarball is a whole gzip with a tar archive in it, which is what an install needs of bytes that it compares with nothing. Of the archive the first
 * header is looked at: everything behind it is under gzip's own checksum. `vouched`: digests tell that the bytes are those that were published, so that a small one is only unpacked where it
 * does not look like a whole archive.
 */
export function createArchiveCheck({ vouched }: { vouched: boolean }): ArchiveCheck {
  let held: Buffer[] | null = [];
  let bytes = 0;
  let unpacking: ArchiveCheck | null = null;
  const unpackHeld = async () => {
    const chunks = held ?? [];
    held = null;
    unpacking = startUnpacking();
    for (const chunk of chunks) await unpacking.take(chunk);
    return unpacking;
  };
  return {
    async take(chunk) {
      if (unpacking) return unpacking.take(chunk);
      bytes += chunk.length;
      held?.push(chunk);
      if (bytes > atOnce.packed) await unpackHeld();
    },
    async finding() {
      const found = held && findingAtOnce(Buffer.concat(held), vouched);
      return found ?? (unpacking ?? (await unpackHeld())).finding();
    },
    drop: () => unpacking?.drop(),
  };
}

/** What is unpacked in one go when it is there, as most packages are, for a fraction of the processor time that a stream takes. */
const atOnce = { packed: 256 * 1024, unpacked: 8 * 1024 * 1024 };

/** What a small archive is; `null` where it unpacks to more than is wanted in one piece. */
function findingAtOnce(packed: Buffer, vouched: boolean): ArchiveFinding | null {
  if (vouched && saysWholeBlocks(packed)) return { kind: 'whole' };
  try {
    return findingOf(gunzipSync(packed, { maxOutputLength: atOnce.unpacked }).subarray(0, block), null);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    return failure.code === 'ERR_BUFFER_TOO_LARGE' ? null : findingOf(Buffer.alloc(0), failure);
  }
}

/** Whether the last bytes of a gzip name the size of a tar archive, which is whole blocks (RFC 1952, ISIZE); those of anything else, or of a part, hardly do. */
function saysWholeBlocks(packed: Buffer): boolean {
  if (packed.length < 18) return false;
  const size = packed.readUInt32LE(packed.length - 4);
  return size >= 2 * block && size % block === 0;
}

function findingOf(
  header: Buffer,
  failure: { code?: string | undefined; message: string } | null,
): ArchiveFinding {
  if (failure?.code === 'Z_BUF_ERROR') return { kind: 'cut' };
  if (failure !== null) return { kind: 'damaged', why: `it can not be unpacked: ${failure.message}` };
  return isTarHeader(header)
    ? { kind: 'whole' }
    : { kind: 'damaged', why: 'what is packed in it is no tar archive' };
}

/** Unpacks as it comes in, to be let go again. */
function startUnpacking(): ArchiveCheck {
  const gunzip = createGunzip();
  let header = Buffer.alloc(0);
  let unpacked = 0;
  let endless = false;
  let failure: NodeJS.ErrnoException | null = null;
  gunzip.on('data', (chunk: Buffer) => {
    if (header.length < block) header = Buffer.concat([header, chunk.subarray(0, block - header.length)]);
    unpacked += chunk.length;
    if (unpacked > mostUnpacked) {
      endless = true;
      gunzip.destroy();
    }
  });
  gunzip.on('error', (error) => {
    failure ??= error;
  });
  return {
    async take(chunk) {
      if (gunzip.destroyed || gunzip.write(chunk)) return;
      const over = new AbortController();
      const either = ['drain', 'close'].map((event) => once(gunzip, event, over));
      // an error closes it, and has been noted
      await Promise.race(either).catch(() => {});
      over.abort();
      await Promise.allSettled(either);
    },
    async finding() {
      if (!gunzip.destroyed) gunzip.end();
      await finished(gunzip).catch(() => {});
      return endless ? { kind: 'endless' } : findingOf(header, failure);
    },
    drop: () => gunzip.destroy(),
  };
}

/** Whether bytes are the first header of a tar archive, which carries the sum of its bytes, its own field counted as spaces (POSIX pax, ustar interchange format). */
export function isTarHeader(header: Buffer): boolean {
  if (header.length < block) return false;
  const field = header.subarray(148, 156);
  const said = /^[\s\0]*([0-7]+)[\s\0]*$/.exec(field.toString('latin1'))?.[1];
  if (said === undefined) return false;
  const rest = [...header.subarray(0, 148), ...header.subarray(156)];
  return Number.parseInt(said, 8) === rest.reduce((sum, byte) => sum + byte, 8 * 0x20);
}

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const block = 512;

/**
 * An npm package tarball (gzip, POSIX ustar) with the given manifest as `package/package.json` and `files` (path to text) beside it.
 * The same input gives the same bytes. Throws a RangeError for paths over 91 bytes.
 */
export function packTarball(
  manifest: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Buffer {
  const entries = { 'package.json': `${JSON.stringify(manifest, null, 2)}\n`, ...files };
  const parts = Object.entries(entries).flatMap(([path, text]) =>
    tarEntry(`package/${path}`, Buffer.from(text)),
  );
  const zipped = gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]), { level: 9 });
  zipped[9] = 255; // operating system "unknown", so that the bytes do not differ by platform
  return zipped;
}

/** The two checksums that registries give for a tarball: SHA-1 in hex, and Subresource Integrity text (SHA-512). */
export function checksums(tarball: Buffer): { shasum: string; integrity: string } {
  return {
    shasum: createHash('sha1').update(tarball).digest('hex'),
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
  };
}

function tarEntry(path: string, content: Buffer): Buffer[] {
  if (Buffer.byteLength(path) > 99) throw new RangeError(`too long for a tar header: ${path}`);
  const header = Buffer.alloc(block);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('03560116300\0', 136); // 26 October 1985, as npm dates every file
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((block - (content.length % block)) % block);
  return [header, content, padding];
}

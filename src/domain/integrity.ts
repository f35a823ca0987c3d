/** One digest of Subresource Integrity text: the name of its algorithm, and base64. */
export interface Digest {
  algorithm: string;
  digest: string;
}

/** The digests of Subresource Integrity text, of every algorithm; what is none is left out. */
export function digestsOf(integrity: string | null): readonly Digest[] {
  return (integrity ?? '').split(/\s+/).flatMap((part) => {
    const match = /^(sha\d+)-([A-Za-z0-9+/=]+)/.exec(part);
    return match?.[1] && match[2] ? [{ algorithm: match[1], digest: match[2] }] : [];
  });
}

/** The integrity that metadata gives for a version (its `dist`), made from `shasum` where that is all there is; `null` for neither. */
export function describedIntegrity(dist: Readonly<Record<string, unknown>>): string | null {
  if (typeof dist.integrity === 'string' && dist.integrity !== '') return dist.integrity;
  return typeof dist.shasum === 'string' && /^[0-9a-f]{40}$/i.test(dist.shasum)
    ? `sha1-${Buffer.from(dist.shasum, 'hex').toString('base64')}`
    : null;
}

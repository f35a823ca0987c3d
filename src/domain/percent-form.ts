/** A text without its percent-encoding; as it is where that is no valid one, which a server or a file of strangers may hold. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text as one segment of a path. A half of a surrogate pair, which has no encoding (RFC 3986 knows octets only), becomes U+FFFD. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

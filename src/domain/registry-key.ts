/** The credential key of a URL without its field: `//host[:port]/path/`, as npm-compatible clients write it. `url` must be valid. */
export function registryKey(url: string): string {
  const parsed = new URL(url);
  return `//${parsed.host}${withSlash(parsed.pathname)}`;
}

/** A URL, or a path, with its final slash. */
export function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** A text as URL, `null` when it is none. */
export function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether a text is a URL of the web, which any client asks. */
export function isWebUrl(text: string): boolean {
  return /^https?:$/.test(parsedUrl(text)?.protocol ?? '');
}

/** Two URLs of one origin (scheme, host and port alike, default ports left out). False when either is no URL. */
export function sameOrigin(a: string, b: string): boolean {
  const origin = parsedUrl(a)?.origin;
  return origin !== undefined && origin === parsedUrl(b)?.origin;
}

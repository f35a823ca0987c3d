/** The credential key of a URL without its field: `//host[:port]/path/`, as npm-compatible clients write it. `url` must be valid. */
export function registryKey(url: string): string {
  const parsed = new URL(url);
  const path = parsed.pathname.endsWith('/') ? parsed.pathname : `${parsed.pathname}/`;
  return `//${parsed.host}${path}`;
}

/** Two URLs of one origin (scheme, host and port alike, default ports left out). False when either is no URL. */
export function sameOrigin(a: string, b: string): boolean {
  try {
    return new URL(a).origin === new URL(b).origin;
  } catch {
    return false;
  }
}

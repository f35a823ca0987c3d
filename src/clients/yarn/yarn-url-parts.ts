/** Host (with a port that is not the default one) and path of a URL, as Yarn 1 compares them. */
export interface UrlParts {
  host: string;
  /** Without a final slash, but for the root; decoded, query included. */
  path: string;
}

/**
 * A URL, or the place of a key (`//host/path/`), as Yarn 1 compares them: host in lower case and without `www.`, no default port,
 * repeated and final slashes taken away, the path decoded. `null` for what is no URL. (Yarn 1.22 urlParts, normalize-url 2.)
 */
export function urlParts(text: string): UrlParts | null {
  const trimmed = text.trim();
  const url = URL.parse(
    trimmed.startsWith('//') ? `http:${trimmed}` : /^\w+:/.test(trimmed) ? trimmed : `http://${trimmed}`,
  );
  if (url === null) return null;
  const host = url.host.replace(/\.(?=:\d+$|$)/, '').replace(/^www\./, '');
  const path = decoded(url.pathname.replace(/\/{2,}/g, '/')) + (url.search === '?' ? '' : url.search);
  return { host, path: path.replace(/\/$/, '') || '/' };
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

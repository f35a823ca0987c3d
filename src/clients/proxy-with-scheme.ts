/**
 * A proxy without a scheme is asked by http; by pnpm up to 11 as the URL itself is, so that one for https URLs has to speak TLS (run for real: pnpm 8 to 12,
 * Bun 1.4.5; npm ends there). A blank text is no proxy and stays one.
 */
export function withScheme(proxy: string | null, scheme: 'http' | 'https' = 'http'): string | null {
  return proxy === null || proxy.trim() === '' || proxy.includes('://')
    ? proxy
    : `${scheme}://${proxy.trim()}`;
}

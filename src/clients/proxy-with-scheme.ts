/** A proxy without a scheme is asked by http (run for real: pnpm 9 to 12, Bun 1.4.5; npm ends there). A blank text is no proxy and stays one. */
export function withScheme(proxy: string | null): string | null {
  return proxy === null || proxy.trim() === '' || proxy.includes('://') ? proxy : `http://${proxy.trim()}`;
}

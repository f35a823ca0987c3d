/** Whether a URL is that of a package's metadata at a registry: one segment below it. */
export function isMetadata(url: string, registry: string | null): boolean {
  return registry !== null && url.startsWith(registry) && !url.slice(registry.length).includes('/');
}

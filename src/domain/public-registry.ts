/** The short name that `replace-registry-host` has for the public npm registry. */
export const publicName = 'npmjs';
/** The host of the public npm registry. */
export const publicHost = `registry.${publicName}.org`;
/** What stands in place of the short name in the other name of the same registry, which Yarn 1 and 2+ ask by default. */
export const yarnName = 'yarnpkg';
export const yarnHost = `registry.${yarnName}.com`;

/** Whether a URL leads to the public npm registry, under either of its names. */
export function isPublicRegistry(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === publicHost || hostname === yarnHost;
}

/**
 * The URL that Yarn asks for when metadata names a tarball by a path from the root (`/…`) or without a scheme (`//host/…`): at the package's registry. Other
 * clients can't use such a name (run for real: 1.22, 4.18, against npm 10 and 11, pnpm 10, Bun 1.4).
 */
export function rootedTarball(tarball: string, registry: string | null): string {
  if (registry === null || !tarball.startsWith('/') || !URL.canParse(tarball, registry)) return tarball;
  return new URL(tarball, registry).href;
}

/** How this program is called, for the commands that messages tell to run. `path` is where it was started from. */
export function programName(path: string | undefined): string {
  if (path !== undefined && /[\\/]node_modules[\\/](?:\.bin[\\/])?npmrc-preflight(?:[\\/.]|$)/.test(path))
    return 'npx npmrc-preflight';
  return path !== undefined && /(?:^|[\\/])npmrc-preflight$/.test(path)
    ? 'npmrc-preflight'
    : 'node dist/index.js';
}

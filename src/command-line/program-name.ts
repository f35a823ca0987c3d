/**
 * How this program is called, for the commands that messages tell to run. `path` is where it was started from, `below` its path below the current
 * folder, with `/`; `null` when it lies elsewhere.
 */
export function programName(path: string | undefined, below: string | null): string {
  if (path !== undefined && /[\\/]node_modules[\\/](?:\.bin[\\/])?npmrc-preflight(?:[\\/]|$)/.test(path))
    return 'npx npmrc-preflight';
  if (path !== undefined && /(?:^|[\\/])npmrc-preflight$/.test(path)) return 'npmrc-preflight';
  return below !== null && /^[\w./@+-]+$/.test(below) ? `node ${below}` : 'node dist/index.js';
}

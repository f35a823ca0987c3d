import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { pathsOf } from '../world-paths.ts';

const mostFoldersAbove = 8;

/**
 * The nearest `.npmrc` beside a package.json of a folder above the project that is no workspace root: people expect it to count below it (user reports),
 * and only Yarn 1 looks there (measured: w05; run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, 3 and 4, Bun 1.4.5). `known`: paths that the client looks at.
 */
export function fileAbove(world: ClientWorld, known: ReadonlySet<string>, why: string): ClientFile[] {
  const paths = pathsOf(world);
  let folder = world.projectDirectory;
  for (let step = 0; step < mostFoldersAbove; step += 1) {
    folder = paths.dirname(folder);
    const path = paths.join(folder, '.npmrc');
    if (folder === world.workspaceRoot || known.has(path)) return [];
    const exists = (name: string) => world.files.read(paths.join(folder, name)).kind === 'text';
    if (!exists('.npmrc') || !exists('package.json')) continue;
    return [{ path, role: 'project', state: 'not-read-by-client', why }];
  }
  return [];
}

import type { ClientId } from '../../src/domain/client.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import type { Dependency } from '../../src/domain/dependency.ts';

export const project = '/checkout';
export const home = '/home/ci';

/** A world over files in memory; paths starting with `~/` lie in the home folder, relative ones in the project. */
export function worldOf(
  files: Readonly<Record<string, string>>,
  env: ClientWorld['env'] = {},
  more: Partial<ClientWorld> = {},
): ClientWorld {
  const byPath = new Map(Object.entries(files).map(([path, text]) => [absolute(path), text]));
  return {
    projectDirectory: project,
    workspaceRoot: project,
    home,
    env,
    platform: 'posix',
    globalConfig: '/usr/local/etc/npmrc',
    files: {
      read: (path) => {
        const text = byPath.get(path);
        return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
      },
      list: () => [],
    },
    ...more,
  };
}

export function npm(version: string): ClientId {
  return { name: 'npm', version, known: 'given' };
}

export function dependency(name: string, more: Partial<Dependency> = {}): Dependency {
  return {
    name,
    alias: null,
    kind: 'prod',
    requested: '1.0.0',
    from: 'registry',
    locked: null,
    source: { kind: 'file', path: 'package.json', line: 3 },
    dependents: ['.'],
    ...more,
  };
}

function absolute(path: string): string {
  if (path.startsWith('~/')) return `${home}/${path.slice(2)}`;
  return path.startsWith('/') ? path : `${project}/${path}`;
}

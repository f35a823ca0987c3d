import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { findWorkspaceRoot } from '../../src/project/find-workspace-root.ts';
import { memoryFiles } from '../support/memory-files.ts';

const root = resolve('/p');
const web = resolve('/p/apps/web');
const workspaces = JSON.stringify({ workspaces: ['apps/*'] });

function rootOf(files: Readonly<Record<string, string>>, client: ClientName, from = web): string {
  return findWorkspaceRoot(memoryFiles({ '/p/apps/web/package.json': '{}', ...files }), from, client);
}

describe('the root of the workspaces', () => {
  it.each(['npm', 'yarn', 'yarn-berry', 'bun'] as const)('is the folder that names it: %s', (client) => {
    expect(rootOf({ '/p/package.json': workspaces }, client)).toBe(root);
  });

  it.each([
    ['no package.json above', {}],
    ['workspaces that do not name it', { '/p/package.json': JSON.stringify({ workspaces: ['libs/*'] }) }],
    ['no workspaces', { '/p/package.json': '{}' }],
    ['a broken package.json above', { '/p/package.json': '{' }],
    ["pnpm's file", { '/p/pnpm-workspace.yaml': 'packages: ["apps/*"]' }],
  ])('is the folder itself with %s', (_, files: Readonly<Record<string, string>>) => {
    expect(rootOf(files, 'npm')).toBe(web);
  });

  it('is the folder of pnpm-workspace.yaml for pnpm, whatever package.json says', () => {
    expect(rootOf({ '/p/pnpm-workspace.yaml': 'packages: ["libs/*"]' }, 'pnpm')).toBe(root);
    expect(rootOf({ '/p/package.json': workspaces }, 'pnpm')).toBe(web);
  });
});

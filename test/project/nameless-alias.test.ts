import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { wantedRange } from '../../src/domain/dependency.ts';
import { readProject } from '../../src/project/read-project.ts';
import { memoryFiles } from '../support/memory-files.ts';

/** The package and range that a client asks for, or where the manifest is refused. */
function asked(client: ClientName, version: string, written: string) {
  const files = memoryFiles({
    '/shop/package.json': JSON.stringify({ dependencies: { '@acme/lib': written } }, null, 2),
  });
  const reading = readProject({ directory: '/shop', files, client });
  if (reading.kind === 'unreadable') {
    const { file, line, message, hint } = reading.problem;
    return `${file}:${line} ${message}; ${hint}`;
  }
  const { dependencies } = reading.checkout.resolveFor({ version, installsPeers: true });
  return dependencies.map((one) => `${one.name}@${wantedRange(one)}`).join();
}

describe('npm: without a name', () => {
  it.each([
    ['pnpm', '10.34.9', 'npm:1.0.0', '1.0.0@*'],
    ['pnpm', '10.34.9', 'npm:^1.0.0', '^1.0.0@*'],
    ['pnpm', '11.28.11', 'npm:^1.0.0', '@acme/lib@^1.0.0'],
    ['pnpm', '11.28.11', 'npm:latest', 'latest@*'],
    ['yarn-berry', '4.18.1', 'npm:^1.0.0', '@acme/lib@^1.0.0'],
    ['yarn-berry', '3.8.7', 'npm:latest', '@acme/lib@latest'],
    ['bun', '1.4.5', 'npm:1.0.0', '@acme/lib@1.0.0'],
    ['bun', '1.4.5', 'npm:^2.0.0', '@acme/lib@^2.0.0'],
    ['bun', '1.4.5', 'npm:latest', 'latest@*'],
    ['npm', '10.9.9', 'npm:latest', 'latest@*'],
  ] as const)('%s %s takes %s for %s', (client, version, written, expected) => {
    expect(asked(client, version, written)).toBe(expected);
  });

  it.each(['npm', 'yarn'] as const)('%s: a range is refused with its line', (client) => {
    const who = client === 'npm' ? 'npm' : 'Yarn 1';
    expect(asked(client, '1.22.22', 'npm:^1.0.0')).toBe(
      `package.json:3 "npm:^1.0.0" of "@acme/lib" has no name: ${who} takes what stands behind npm: for the name of a package; write "^1.0.0", or "npm:@acme/lib@^1.0.0"`,
    );
    expect(asked(client, '1.22.22', 'npm:1.0.0')).toContain('has no name');
  });

  it.each(['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'] as const)(
    '%s: an alias with a name is one',
    (client) => {
      expect(asked(client, '10.34.9', 'npm:@acme/other@^1.0.0')).toBe('@acme/other@^1.0.0');
      expect(asked(client, '10.34.9', 'npm:other@1.0.0')).toBe('other@1.0.0');
    },
  );
});

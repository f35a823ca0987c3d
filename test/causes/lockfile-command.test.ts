import { describe, expect, it } from 'vitest';
import { lockfileCommand } from '../../src/causes/parts/lockfile-command.ts';
import type { Clues } from '../../src/domain/cause.ts';
import type { ClientName } from '../../src/domain/client.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import { dependency } from '../clients/client-world.ts';

function command(client: ClientName, more: Partial<Dependency> = {}, lockfile: string | null = null): string {
  const clues = {
    case: { target: { dependency: dependency(more.name ?? '@acme/ui', more) } },
    run: {
      project: { lockfile: lockfile === null ? null : { path: lockfile } },
      client: { client: { name: client } },
    },
  };
  return lockfileCommand(clues as unknown as Clues, '1.4.0');
}

const inWeb = { source: { kind: 'file', path: 'apps/web/package.json', line: 4 } } as const;

/** That each does what it says, real clients show: test/clients/real/lockfile-command.test.ts. */
describe('the command that writes an entry of the lockfile anew', () => {
  it.each<[ClientName, string, string]>([
    [
      'pnpm',
      'pnpm update @acme/ui@1.4.0 --lockfile-only',
      'pnpm -C apps/web update @acme/ui@1.4.0 --lockfile-only',
    ],
    [
      'bun',
      'bun add @acme/ui@1.4.0 --lockfile-only',
      'bun add --cwd apps/web @acme/ui@1.4.0 --lockfile-only',
    ],
    [
      'yarn-berry',
      'yarn up @acme/ui@1.4.0 --mode=update-lockfile',
      'yarn up @acme/ui@1.4.0 --mode=update-lockfile',
    ],
  ])('names the folder of a workspace where the client wants it: %s', (client, root, web) => {
    expect(command(client)).toBe(root);
    expect(command(client, inWeb)).toBe(web);
  });

  it.each<[ClientName, string]>([
    ['npm', 'npm install @acme/ui@1.4.0 --package-lock-only'],
    ['yarn', 'yarn upgrade @acme/ui@1.4.0'],
  ])('takes the entry out where the client would add to the wrong manifest: %s', (client, root) => {
    expect(command(client)).toBe(root);
    expect(command(client, inWeb)).toBe(command(client, { kind: 'transitive' }));
    expect(command(client, inWeb)).toMatch(
      /^node -e "[^"$`\\]*(?:\\[rnx][^"$`\\]*)*" && (?:npm|yarn) install/,
    );
  });

  it('takes out the package and what lies below it, and nothing of a like name', () => {
    const code = /"(.*)"/.exec(command('npm', { kind: 'transitive' }))?.[1] ?? '';
    const kept = { 'node_modules/@acme/ui-kit': { version: '2.0.0' }, 'node_modules/x/node_modules/y': {} };
    const packages = {
      '': { dependencies: { '@acme/ui': '^1.0.0' } },
      'node_modules/@acme/ui': { version: '1.4.7' },
      'node_modules/@acme/ui/node_modules/z': { version: '1.0.0' },
      'node_modules/x/node_modules/@acme/ui': { version: '1.4.7' },
      ...kept,
    };
    const written: string[] = [];
    const files = {
      readFileSync: () => JSON.stringify({ packages }),
      writeFileSync: (_: string, text: string) => written.push(text),
    };
    new Function('require', code)(() => files);
    expect(JSON.parse(written[0] ?? '')).toEqual({ packages: { '': packages[''], ...kept } });
  });

  it.each([
    [{ name: '@acme/$(id)' }, 'PACKAGE@1.4.0'],
    [{ source: { kind: 'file', path: 'a;id/package.json', line: 1 } } as const, '-C FOLDER '],
  ])('has nothing in it that a shell would run: %j', (more, word) => {
    expect(command('pnpm', more)).toContain(word);
    expect(command('npm', { kind: 'transitive' }, "a'b.json")).toContain("p='LOCKFILE'");
  });
});

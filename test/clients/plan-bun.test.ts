import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bunModule } from '../../src/clients/bun/bun-module.ts';
import type { PlannedConfig } from '../../src/clients/client-module.ts';
import { withoutBlocks } from '../../src/clients/marked-block.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import { type Prefix, prefixUrl } from '../../src/domain/prefix.ts';
import { reveal } from '../../src/domain/secret.ts';
import { worldOf } from './client-world.ts';

const apiUrl = 'https://gitlab.example.com/api/v4';
const instance = planFor('@acme', { kind: 'instance', apiUrl });
const elsewhere = '[install.scopes]\nacme = "https://other.example.com/"\n';
const tarball = `${apiUrl}/projects/7/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz`;

function planFor(scope: string | null, prefix: Prefix, tokenVariable = 'CI_JOB_TOKEN'): ScopePlan {
  return { scope, registry: prefixUrl(prefix), prefix, tokenVariable, why: 'test' };
}

interface Given {
  files?: Record<string, string>;
  env?: Record<string, string>;
  scopes?: readonly ScopePlan[];
  version?: string;
  where?: 'user' | 'project';
  userFolder?: string | null;
}

function planned({
  files = {},
  env = {},
  scopes = [instance],
  version = '1.4.5',
  where = 'user',
  userFolder = null,
}: Given): PlannedConfig {
  const client = { name: 'bun', version, known: 'given' } as const;
  return bunModule.planConfig({ scopes, client, world: worldOf(files, env), where, userFolder });
}

/** What Bun sends for `@acme/ui` once the planned files are written. */
function afterwards(given: Given) {
  const { files, exports } = planned(given);
  const written = { ...given.files, ...Object.fromEntries(files.map(({ path, after }) => [path, after])) };
  const world = worldOf(written, { CI_JOB_TOKEN: 'job', ...given.env, ...exports });
  const model = bunModule.resolve(world, { name: 'bun', version: given.version ?? '1.4.5', known: 'given' });
  const registry = model.registryFor('@acme/ui').url;
  const sent = (url: string) => {
    const credential = model.credentialFor(url, registry);
    return credential.kind === 'token' ? reveal(credential.secret) : credential.kind;
  };
  const shown = {
    registry,
    metadata: sent(model.metadataUrl(registry ?? '', '@acme/ui')),
    tarball: sent(tarball),
  };
  return { ...shown, problems: model.problems, stop: model.stop };
}

const right = { registry: `${apiUrl}/packages/npm/`, metadata: 'job', tarball: 'job', stop: null };

describe('the block for Bun', () => {
  it('is that of .npmrc, in the home folder', () => {
    expect(planned({}).files).toEqual([
      {
        path: '/home/ci/.npmrc',
        before: null,
        after: [
          '# >>> npmrc-preflight: rewritten by each run, taken away by restore',
          '@acme:registry=https://gitlab.example.com/api/v4/packages/npm/',
          '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}',
          '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}',
          '# <<< npmrc-preflight',
          '',
        ].join('\n'),
      },
    ]);
  });

  it('is a table of bunfig.toml where Bun reads no .npmrc there', () => {
    const files = [{ version: '1.1.17' }, { version: '1.1.29' }].flatMap((given) => planned(given).files);
    const after = [
      '# >>> npmrc-preflight: rewritten by each run, taken away by restore',
      '[install.scopes."@acme"]',
      'url = "https://gitlab.example.com/api/v4/packages/npm/"',
      'token = "$CI_JOB_TOKEN"',
      '# <<< npmrc-preflight',
      '',
    ].join('\n');
    expect(files).toEqual([1, 2].map(() => ({ path: '/home/ci/.bunfig.toml', before: null, after })));
    expect(planned({ version: '1.1.18', where: 'project' }).files.map(({ path }) => path)).toEqual([
      '/checkout/.npmrc',
    ]);
  });

  it.each(['1.1.17', '1.1.28', '1.1.30', '1.2.0', '1.3.14', '1.4.3', '1.4.5'])(
    'makes Bun %s use the registry',
    (version) => {
      for (const where of ['user', 'project'] as const) {
        expect(afterwards({ version, where })).toMatchObject({ ...right, problems: [] });
      }
    },
  );

  it.each([
    ['group', { kind: 'group', apiUrl, group: 'acme/sub' }],
    ['project', { kind: 'project', apiUrl, project: '7' }],
    ['relative root and port', { kind: 'instance', apiUrl: 'https://git.example:8443/gitlab/api/v4' }],
  ] satisfies [string, Prefix][])('works for a %s', (_, prefix) => {
    for (const version of ['1.1.17', '1.4.3', '1.4.5']) {
      const found = afterwards({ version, scopes: [planFor('@acme', prefix)] });
      expect(found).toMatchObject({ registry: prefixUrl(prefix), metadata: 'job' });
    }
  });
});

describe('another user file', () => {
  const files = { '~/.npmrc': 'registry=https://public.example/\n' };

  it('takes over what the ordinary one says and is told of by a variable', () => {
    const { files: edits, exports } = planned({ files, userFolder: '/runner/job' });
    expect(exports).toEqual({ NPM_CONFIG_USERCONFIG: '/runner/job/.npmrc' });
    expect(edits[0]).toMatchObject({ path: '/runner/job/.npmrc', before: null });
    expect(edits[0]?.after.startsWith('registry=https://public.example/\n# >>>')).toBe(true);
    expect(afterwards({ files, userFolder: '/runner/job' })).toMatchObject(right);
  });

  it.each(['1.1.17', '1.3.14', '1.4.3'])(
    'is not told of to Bun %s, which knows no such variable',
    (version) => {
      const { files: edits, exports } = planned({ files, userFolder: '/runner/job', version });
      expect(exports).toEqual({});
      expect(edits[0]?.path).toMatch(/^\/home\/ci\//);
    },
  );

  it('stays where a variable or XDG_CONFIG_HOME puts it', () => {
    const named = { NPM_CONFIG_USERCONFIG: '/u/rc' };
    expect(planned({ env: named, userFolder: '/runner/job' })).toMatchObject({
      files: [{ path: '/u/rc' }],
      exports: {},
    });
    const moved = { files: { '/xdg/.npmrc': 'x=1\n' }, env: { XDG_CONFIG_HOME: '/xdg' } };
    expect(planned(moved)).toMatchObject({ files: [{ path: '/xdg/.npmrc' }] });
    expect(afterwards(moved)).toMatchObject(right);
  });
});

describe('a scope that bunfig.toml has already', () => {
  it('gets a table there too when the plan is for the project', () => {
    const given: Given = { files: { 'bunfig.toml': elsewhere }, where: 'project' };
    const { files } = planned(given);
    expect(files.map(({ path }) => path)).toEqual(['/checkout/.npmrc', '/checkout/bunfig.toml']);
    expect(files[1]?.after.startsWith(`${elsewhere}# >>> npmrc-preflight`)).toBe(true);
    expect(withoutBlocks(files[1]?.after ?? '')).toBe(elsewhere);
    expect(afterwards(given)).toMatchObject(right);
  });

  it.each([
    ['with @', '[install.scopes]\n"@acme" = "https://other.example.com/"\n'],
    ['as a table', '[install.scopes.acme]\nurl = "https://other.example.com/"\n\n[run]\nsilent = true\n'],
    ['with dots', 'install.scopes.acme = "https://other.example.com/"\n'],
    ['with another token', `[install.scopes]\nacme = { url = "${apiUrl}/packages/npm/", token = "$OLD" }\n`],
    ['without a final line end', elsewhere.trimEnd()],
    ['with Windows line ends', elsewhere.replaceAll('\n', '\r\n')],
  ])('%s', (_, text) => {
    for (const [path, where] of [
      ['bunfig.toml', 'project'],
      ['~/.bunfig.toml', 'user'],
      ['~/.bunfig.toml', 'project'],
    ] as const) {
      const given: Given = { files: { [path]: text }, where };
      expect(afterwards(given)).toMatchObject(right);
      for (const { before, after } of planned(given).files) expect(withoutBlocks(after)).toBe(before ?? '');
    }
  });

  it('is left alone when it says the same', () => {
    const same = `[install.scopes]\nacme = "${apiUrl}/packages/npm"\n`;
    const given: Given = { files: { 'bunfig.toml': same }, where: 'project' };
    expect(planned(given).files.map(({ path }) => path)).toEqual(['/checkout/.npmrc']);
    expect(afterwards(given)).toMatchObject(right);
  });

  it('stays untouched in the project when the plan is for the user, and the model says so', () => {
    const given: Given = { files: { 'bunfig.toml': elsewhere } };
    expect(planned(given).files.map(({ path }) => path)).toEqual(['/home/ci/.npmrc']);
    expect(afterwards(given).registry).toBe('https://other.example.com/');
  });

  it.each([
    ['an inline table', '[install]\nscopes = { acme = "https://other.example.com/" }\n'],
    ['no TOML', '[install\n'],
    ['both spellings', '[install.scopes]\nacme = "https://a.example/"\n"@acme" = "https://b.example/"\n'],
  ])('stays as it is where no table can be added: %s', (_, text) => {
    const { files } = planned({ files: { 'bunfig.toml': text }, where: 'project' });
    expect(files.map(({ path }) => path)).toEqual(['/checkout/.npmrc']);
  });

  it('is written though another one has no place there', () => {
    const taken = `${elsewhere}[install]\nregistry = "https://other.example.com/"\n`;
    const scopes = [planFor(null, { kind: 'project', apiUrl, project: '7' }), instance];
    const given: Given = { files: { 'bunfig.toml': taken }, where: 'project', scopes };
    expect(planned(given).files[1]?.after).not.toContain('[install.registry]');
    expect(afterwards(given)).toMatchObject(right);
  });

  it('loses our table again once it is gone', () => {
    const first = planned({ files: { 'bunfig.toml': elsewhere }, where: 'project' }).files[1]?.after ?? '';
    const block = first.slice(elsewhere.length);
    const { files } = planned({ files: { 'bunfig.toml': block }, where: 'project' });
    expect(files[1]).toEqual({ path: '/checkout/bunfig.toml', before: block, after: '' });
  });
});

describe('planning', () => {
  it('twice gives the same text, and taking the blocks away the very bytes', () => {
    const piece = fc.constantFrom(
      elsewhere,
      '[install.scopes]',
      'acme = "x"',
      '[run]',
      '# note',
      '\n',
      '\r\n',
      '# >>> npmrc-preflight',
      '\ufeff',
      'x',
    );
    const texts = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom('1.1.17', '1.4.5'),
        fc.constantFrom('user' as const, 'project' as const),
        (text, version, where) => {
          const files = { 'bunfig.toml': text, '~/.bunfig.toml': text, '.npmrc': text, '~/.npmrc': text };
          const once = planned({ files, version, where }).files;
          const again = { ...files, ...Object.fromEntries(once.map(({ path, after }) => [path, after])) };
          const twice = planned({ files: again, version, where }).files;
          for (const { path, after } of twice)
            expect(once.find((edit) => edit.path === path)?.after ?? text).toBe(after);
          for (const { after } of once) expect(withoutBlocks(after)).toBe(withoutBlocks(text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('leaves out what could break out of the file', () => {
    const evil: ScopePlan[] = [
      { ...instance, scope: '@a"]\nx' },
      { ...instance, registry: 'https://x.example/"\nregistry = "https://evil.example/' },
      { ...instance, registry: 'javascript:x' },
      { ...instance, tokenVariable: 'A"\nb' },
    ];
    for (const version of ['1.1.17', '1.4.5']) {
      const text = planned({ scopes: evil, version })
        .files.map(({ after }) => after)
        .join('\n');
      expect(text).not.toMatch(/evil|javascript|^x|^b/m);
    }
  });

  it('writes the registry of unscoped packages', () => {
    const scopes = [planFor(null, { kind: 'project', apiUrl, project: '7' })];
    expect(planned({ scopes }).files[0]?.after).toContain(
      '\nregistry=https://gitlab.example.com/api/v4/projects/7/packages/npm/\n',
    );
    expect(planned({ scopes, version: '1.1.17' }).files[0]?.after).toContain('\n[install.registry]\nurl = ');
  });
});

import { describe, expect, it } from 'vitest';
import { withoutBlocks } from '../../src/clients/marked-block.ts';
import { yarnModule } from '../../src/clients/yarn/yarn-module.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import { type Prefix, prefixUrl } from '../../src/domain/prefix.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, home, project, worldOf } from './client-world.ts';

const versions = ['1.10.1', '1.17.3', '1.22.22'];

function scopePlan(
  scope: string | null,
  prefix: Prefix,
  tokenVariable: string | null = 'CI_JOB_TOKEN',
): ScopePlan {
  return { scope, registry: prefixUrl(prefix), prefix, tokenVariable, why: 'test' };
}

function plan(
  scopes: readonly ScopePlan[],
  files: Readonly<Record<string, string>> = {},
  more: {
    where?: 'user' | 'project';
    userFolder?: string;
    env?: Record<string, string>;
    version?: string;
  } = {},
) {
  return yarnModule.planConfig({
    scopes,
    client: { name: 'yarn', version: more.version ?? '1.22.22', known: 'given' },
    world: worldOf(files, more.env ?? {}),
    where: more.where ?? 'user',
    userFolder: more.userFolder ?? null,
  });
}

const api = (base: string) => `${base}/api/v4`;
const bases = ['https://git.example', 'https://git.example:8443', 'http://www.git.example:8080/gitlab'];

describe('the block for Yarn 1', () => {
  it('is that of every .npmrc at the default port', () => {
    const [file] = plan([scopePlan('@acme', { kind: 'instance', apiUrl: api('https://git.example') })]).files;
    expect(file?.path).toBe(`${home}/.npmrc`);
    expect(file?.after).toBe(
      [
        '# >>> npmrc-preflight: rewritten by each run, taken away by restore',
        '@acme:registry=https://git.example/api/v4/packages/npm/',
        '//git.example/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}',
        '//git.example/api/v4/projects/:_authToken=${CI_JOB_TOKEN}',
        '# <<< npmrc-preflight',
        '',
      ].join('\n'),
    );
  });

  it('names the host where it has a port, and asks for the credential of unscoped packages', () => {
    const apiUrl = api('https://git.example:8443');
    const [file] = plan([
      scopePlan('@acme', { kind: 'instance', apiUrl }),
      scopePlan(null, { kind: 'project', apiUrl, project: '7' }),
    ]).files;
    expect(file?.after.split('\n').filter((line) => /suffix|always/.test(line))).toEqual([
      '//git.example:8443/api/v4/packages/npm/:custom-host-suffix=git.example:8443',
      '//git.example:8443/api/v4/projects/7/packages/npm/:custom-host-suffix=git.example:8443',
      '//git.example:8443/api/v4/projects/7/packages/npm/:always-auth=true',
    ]);
  });

  it.each([
    ['https://npm.example/', []],
    ['https://npm.example/repository/npm/', ['//npm.example/repository/npm/:custom-host-suffix=npm.example']],
  ])('lets a registry that is no GitLab’s name any place of its host: %s', (registry, lines) => {
    const [file] = plan([{ scope: '@acme', registry, prefix: null, tokenVariable: 'T', why: '' }]).files;
    expect(file?.after.split('\n').filter((line) => line.includes('suffix'))).toEqual(lines);
  });

  it('adds nothing for a registry without a credential, nor for one that can’t be written', () => {
    const apiUrl = api('https://git.example:8443');
    const [open] = plan([scopePlan(null, { kind: 'project', apiUrl, project: '7' }, null)]).files;
    expect(open?.after).not.toMatch(/suffix|always/);
    const bad = [
      { ...scopePlan('@a\nb', { kind: 'instance', apiUrl }) },
      { ...scopePlan('@acme', { kind: 'instance', apiUrl }, 'A}\nb=c') },
      { ...scopePlan('@acme', { kind: 'instance', apiUrl }), registry: 'https://x.example/\nfoo=bar' },
    ];
    expect(plan(bad).files[0]?.after).not.toMatch(/foo=bar|b=c|suffix/);
  });

  for (const base of bases) {
    const apiUrl = api(base);
    const prefixes: readonly Prefix[] = [
      { kind: 'instance', apiUrl },
      { kind: 'group', apiUrl, group: 'acme/sub' },
      { kind: 'project', apiUrl, project: '324' },
    ];
    it.each(prefixes)(`gives this model the token for metadata and tarball: ${base} $kind`, (prefix) => {
      for (const version of versions) {
        for (const [scope, name] of [
          ['@acme', '@acme/ui'],
          [null, 'plain'],
        ] as const) {
          const planned = plan([scopePlan(scope, prefix)], {}, { version });
          const world = worldOf({ '~/.npmrc': planned.files[0]?.after ?? '' }, { CI_JOB_TOKEN: 'secret-t' });
          const model = yarnModule.resolve(world, { name: 'yarn', version, known: 'given' });
          const { url } = model.registryFor(name);
          const tarball = `${apiUrl}/projects/${prefix.kind === 'project' ? 324 : 9}/packages/npm/${name}/-/${name}-1.0.0.tgz`;
          for (const asked of [model.metadataUrl(url ?? '', name), tarball]) {
            const credential = model.credentialFor(asked, url);
            const elsewhere = scope === null && prefix.kind !== 'project' && asked === tarball;
            if (elsewhere && new URL(base).port === '') continue;
            expect(credential.kind === 'token' && reveal(credential.secret)).toBe('secret-t');
          }
          expect([model.stop, model.problems, model.asks(dependency(name)).metadata]).toEqual([
            null,
            [],
            true,
          ]);
        }
      }
    });
  }

  it.each(['', 'a=b', '# mine\r\na=b\r\n', '\uFEFFa=b\n', 'a=b\n[x]\nc=d\n'])(
    'leaves the user’s bytes and comes out the same twice: %j',
    (before) => {
      const scopes = [scopePlan('@acme', { kind: 'instance', apiUrl: api('https://git.example:8443') })];
      const once = plan(scopes, { '~/.npmrc': before }).files[0]?.after ?? '';
      expect(plan(scopes, { '~/.npmrc': once }).files[0]?.after).toBe(once);
      expect(withoutBlocks(once)).toBe(before);
    },
  );

  it('goes to the project’s file, to one that a variable names, or to a folder of the job', () => {
    const scopes = [scopePlan('@acme', { kind: 'instance', apiUrl: api('https://git.example') })];
    expect(plan(scopes, {}, { where: 'project' }).files[0]?.path).toBe(`${project}/.npmrc`);
    const env = { npm_config_userconfig: 'ci/.npmrc' };
    expect(plan(scopes, {}, { env, userFolder: '/tmp/job' })).toMatchObject({
      files: [{ path: `${project}/ci/.npmrc` }],
      exports: {},
    });
    const moved = plan(scopes, { '~/.npmrc': 'mine=1\n' }, { userFolder: '/tmp/job' });
    expect(moved.exports).toEqual({ NPM_CONFIG_USERCONFIG: '/tmp/job/.npmrc' });
    expect(moved.files[0]?.after).toMatch(/^mine=1\n/);
  });
});

describe('the lines that remedies show for Yarn 1', () => {
  const { writing } = yarnModule.resolve(worldOf({}), { name: 'yarn', version: '1.22.22', known: 'given' });
  const at = (port: string) => `https://git.example${port}/api/v4/packages/npm/`;
  const tarball = (port: string) =>
    `https://git.example${port}/api/v4/projects/7/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz`;
  it('have always-auth for unscoped packages, and the suffix for a tarball behind a port', () => {
    expect(writing.credential('@acme', at(''), 'T').split('\n')).toHaveLength(1);
    expect(writing.credential(null, at(''), 'T')).toBe(
      '//git.example/api/v4/packages/npm/:_authToken=${T}\n//git.example/api/v4/packages/npm/:always-auth=true',
    );
    expect(writing.tarball('@acme', at(''), tarball(''), 'T')).toBe(
      '//git.example/api/v4/projects/7/packages/npm/:_authToken=${T}',
    );
    expect(writing.tarball('@acme', at(':8443'), tarball(':8443'), 'T')).toBe(
      '//git.example:8443/api/v4/packages/npm/:custom-host-suffix=git.example:8443',
    );
    expect(writing.tarball('@acme', at(''), tarball(':8443'), 'T')).toBeNull();
  });
});

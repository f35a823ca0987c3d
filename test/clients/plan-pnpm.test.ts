import { describe, expect, it } from 'vitest';
import type { ConfigPlan } from '../../src/clients/client-modules.ts';
import { withoutBlocks } from '../../src/clients/marked-block.ts';
import { pnpmModule } from '../../src/clients/pnpm/pnpm-module.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import { type Prefix, prefixUrl } from '../../src/domain/prefix.ts';
import { worldOf } from './client-world.ts';

const apiUrl = 'https://gitlab.example.com/api/v4';
const versions = ['8.15.9', '9.15.9', '10.33.4', '10.34.9', '11.5.2', '11.28.11', '12.0.0', '12.21.0'];
const refusing = ['10.34.9', '11.28.11', '12.0.0', '12.21.0'];
const instance = planFor({ kind: 'instance', apiUrl });
const home = '/home/ci/.npmrc';
const project = '/checkout/.npmrc';

function planFor(prefix: Prefix, scope: string | null = '@acme', tokenVariable = 'CI_JOB_TOKEN'): ScopePlan {
  return { scope, registry: prefixUrl(prefix), prefix, tokenVariable, why: 'test' };
}

function plan(
  version: string,
  files: Readonly<Record<string, string>> = {},
  more: Partial<ConfigPlan> = {},
  env: ClientWorld['env'] = { CI_JOB_TOKEN: 'tok' },
) {
  const world = worldOf(files, env);
  const client = { name: 'pnpm', version, known: 'given' } as const;
  const planned = pnpmModule.planConfig({
    scopes: [instance],
    client,
    world,
    where: 'user',
    userFolder: null,
    ...more,
  });
  const after = { ...files, ...Object.fromEntries(planned.files.map((file) => [file.path, file.after])) };
  const model = pnpmModule.resolve(worldOf(after, { ...env, ...planned.exports }), client);
  return { ...planned, paths: planned.files.map(({ path }) => path), after, model };
}

function works({ model }: ReturnType<typeof plan>): boolean {
  const { url } = model.registryFor('@acme/a');
  if (model.stop || url !== instance.registry) return false;
  const urls = [`${url}@acme%2Fa`, `${apiUrl}/projects/7/packages/npm/@acme/a/-/@acme/a-1.0.0.tgz`];
  return urls.every((asked) => model.credentialFor(asked, url).kind === 'token');
}

const block = (...lines: string[]) =>
  [
    '# >>> npmrc-preflight: rewritten by each run, taken away by restore',
    ...lines,
    '# <<< npmrc-preflight',
    '',
  ].join('\n');
const registryLine = '@acme:registry=https://gitlab.example.com/api/v4/packages/npm/';
const keyLines = [
  '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}',
  '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}',
];

describe('the plan for pnpm', () => {
  it.each(versions)('writes one user file that works, without a problem: %s', (version) => {
    const planned = plan(version, { '~/.npmrc': '# mine\na=b' });
    expect(planned.files).toEqual([
      {
        path: home,
        before: '# mine\na=b',
        after: `# mine\na=b\n${block(registryLine, ...keyLines).trimEnd()}`,
      },
    ]);
    expect(planned.exports).toEqual({});
    expect(works(planned)).toBe(true);
    expect(planned.model.problems).toEqual([]);
  });

  it.each(versions)(
    'tells pnpm of a user file in a folder of the job, and takes the old one over: %s',
    (version) => {
      const planned = plan(version, { '~/.npmrc': 'a=b\n' }, { userFolder: '/job/user' });
      expect(planned.paths).toEqual(['/job/user/.npmrc']);
      expect(planned.files[0]?.after).toBe(`a=b\n${block(registryLine, ...keyLines)}`);
      expect(planned.exports).toEqual({ NPM_CONFIG_USERCONFIG: '/job/user/.npmrc' });
      expect(works(planned)).toBe(true);
      const again = plan(
        version,
        planned.after,
        { userFolder: '/job/user' },
        { CI_JOB_TOKEN: 'tok', ...planned.exports },
      );
      expect(again.after).toEqual(planned.after);
    },
  );

  it.each(versions)(
    'keeps credentials out of a project file that this version does not expand: %s',
    (version) => {
      const planned = plan(version, { '.npmrc': 'a=b\n' }, { where: 'project' });
      const apart = refusing.includes(version);
      expect(planned.paths).toEqual(apart ? [project, home] : [project]);
      expect(planned.files.map(({ after }) => after)).toEqual(
        apart
          ? [`a=b\n${block(registryLine)}`, block(...keyLines)]
          : [`a=b\n${block(registryLine, ...keyLines)}`],
      );
      expect(works(planned)).toBe(true);
      expect(planned.model.problems).toEqual([]);
    },
  );

  it.each(refusing)('writes everything into the project file that is the user file too: %s', (version) => {
    const env = { CI_JOB_TOKEN: 'tok', NPM_CONFIG_USERCONFIG: project };
    const planned = plan(version, { '.npmrc': '' }, { where: 'project' }, env);
    expect(planned.paths).toEqual([project]);
    expect(works(planned)).toBe(true);
  });

  it('writes only registries where no credential is needed', () => {
    const planned = plan(
      '12.21.0',
      {},
      { where: 'project', scopes: [{ ...instance, tokenVariable: null }], userFolder: '/job/user' },
    );
    expect(planned.paths).toEqual([project]);
    expect(planned.exports).toEqual({});
  });

  it.each(versions)('evades a user file that a reference without a value makes pnpm drop: %s', (version) => {
    const planned = plan(version, { '~/.npmrc': '//other.example/:_authToken=${UNSET}\n' });
    const drops = /^(?:8|9|10)\./.test(version);
    expect(planned.paths).toEqual([drops ? '/home/ci/.config/pnpm/rc' : home]);
    expect(works(planned)).toBe(true);
    const folder = plan(
      version,
      { '~/.npmrc': '//other.example/:_authToken=${UNSET}\n' },
      { userFolder: '/job/user' },
    );
    expect(works(folder)).toBe(true);
  });

  it('evades a project file that pnpm drops', () => {
    const planned = plan('10.33.4', { '.npmrc': 'foo=${UNSET}\n' }, { where: 'project' });
    expect(planned.paths).toEqual([home]);
    expect(works(planned)).toBe(true);
  });

  it('follows npmrcAuthFile and the variables of pnpm 11', () => {
    const yaml = { '~/.config/pnpm/config.yaml': 'npmrcAuthFile: /etc/ci.npmrc\n' };
    expect(plan('11.28.11', yaml, { userFolder: '/job/user' }).paths).toEqual(['/etc/ci.npmrc']);
    expect(plan('10.34.9', yaml).paths).toEqual([home]);
    const env = { PNPM_CONFIG_NPMRC_AUTH_FILE: '/etc/env.npmrc', CI_JOB_TOKEN: 'tok' };
    const planned = plan('12.21.0', yaml, { userFolder: '/job/user' }, env);
    expect(planned.paths).toEqual(['/etc/env.npmrc']);
    expect(works(planned)).toBe(true);
  });

  it('writes the file of the workspace root where only that is read', () => {
    const world = { projectDirectory: '/checkout/apps/web' };
    const paths = ['10.33.4', '12.21.0'].map((version) => {
      const planned = pnpmModule.planConfig({
        scopes: [instance],
        client: { name: 'pnpm', version, known: 'given' },
        world: worldOf({ 'pnpm-workspace.yaml': 'packages: ["apps/*"]\n' }, {}, world),
        where: 'project',
        userFolder: null,
      });
      return planned.files[0]?.path;
    });
    expect(paths).toEqual(['/checkout/apps/web/.npmrc', project]);
  });

  it.each(versions)('leaves other bytes alone and writes the same text twice: %s', (version) => {
    for (const text of ['', 'a=b', 'a=b\r\nc=d\r\n', '\uFEFFa=b\n', '[x]\nc=d', '# >>> npmrc-preflight\n']) {
      for (const where of ['user', 'project'] as const) {
        const first = plan(version, { '~/.npmrc': text, '.npmrc': text }, { where });
        for (const { after } of first.files) expect(withoutBlocks(after)).toBe(text);
        expect(plan(version, first.after, { where }).after).toEqual(first.after);
      }
    }
  });

  it.each([
    { scope: '@a\nregistry=https://evil.example/' },
    { registry: 'https://gitlab.example.com/\nregistry=https://evil.example/' },
    { tokenVariable: 'X}\nregistry=https://evil.example/' },
  ])('cannot be injected into: %j', (part) => {
    for (const where of ['user', 'project'] as const) {
      const planned = plan('12.21.0', {}, { where, scopes: [{ ...instance, ...part }] });
      for (const { after } of planned.files) expect(after).not.toContain('evil');
    }
  });

  it('maps unscoped packages and a group with root and port', () => {
    const root = 'http://git.example:8080/gitlab/api/v4';
    const scopes = [
      planFor({ kind: 'group', apiUrl: root, group: 'acme/sub' }),
      planFor({ kind: 'project', apiUrl: root, project: '7' }, null),
    ];
    expect(plan('12.21.0', {}, { scopes }).files[0]?.after).toBe(
      block(
        '@acme:registry=http://git.example:8080/gitlab/api/v4/groups/acme%2Fsub/-/packages/npm/',
        'registry=http://git.example:8080/gitlab/api/v4/projects/7/packages/npm/',
        '//git.example:8080/gitlab/api/v4/groups/acme%2Fsub/-/packages/npm/:_authToken=${CI_JOB_TOKEN}',
        '//git.example:8080/gitlab/api/v4/projects/7/packages/npm/:_authToken=${CI_JOB_TOKEN}',
        '//git.example:8080/gitlab/api/v4/projects/:_authToken=${CI_JOB_TOKEN}',
      ),
    );
  });
});
